"""Objects to prompts that hold a secret, or that match an operator's patterns."""
