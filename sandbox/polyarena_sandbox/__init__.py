"""Sandboxes for Polyarena: programs run in Docker, apart from everything else."""
