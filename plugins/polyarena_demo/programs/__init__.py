"""Small programs that the demo models know by heart, each in a good, a plain and a flawed hand."""
