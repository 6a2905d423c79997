"""How somebody’s own data look, and how they are deleted."""
