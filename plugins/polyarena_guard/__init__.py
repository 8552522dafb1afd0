"""Objects to prompts with secrets or an operator's patterns, and to pictures on a list."""
