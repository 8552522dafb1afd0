"""Apps that the demo models build: some known by heart, one for everything else, of each kind."""
