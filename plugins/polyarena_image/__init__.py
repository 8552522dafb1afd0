"""The image arena: one prompt, two pictures."""
