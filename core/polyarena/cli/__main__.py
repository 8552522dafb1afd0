"""`python -m polyarena.cli`."""

from .main import run

run()
