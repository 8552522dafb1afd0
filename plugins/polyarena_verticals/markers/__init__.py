"""Markers that several occupations share."""
