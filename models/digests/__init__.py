"""Digests: once a week, what a community or a member may want to know, and nothing else."""
