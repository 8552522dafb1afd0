"""The text arena: one question, two written answers."""
