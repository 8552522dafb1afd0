"""The video arena: two short films of the same words."""
