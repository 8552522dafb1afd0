"""The search arena: two answers with their sources."""
