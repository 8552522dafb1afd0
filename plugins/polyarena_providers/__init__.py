"""Providers: OpenAI-compatible servers, and recorded answers."""
