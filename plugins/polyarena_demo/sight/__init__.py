"""How the demo models look at pictures: sizes, colours, shapes and text, measured and put in words.

Pictures are read by `eye`, in a process of its own; everything else works on what it saw.
"""
