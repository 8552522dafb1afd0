"""The occupations that come along, one a file."""
