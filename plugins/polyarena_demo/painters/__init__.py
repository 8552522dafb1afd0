"""Demo models that paint: they read a prompt for things, colours, numbers, places and words."""
