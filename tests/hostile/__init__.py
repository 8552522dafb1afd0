"""Hostile answers, prompts and names in a real browser."""
