"""Ranking a file of votes: from options and votes to boards, and boards as text and pictures."""
