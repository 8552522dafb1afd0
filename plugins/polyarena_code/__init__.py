"""The code arena: two models write a program, both are run, and the voter sees what they did."""
