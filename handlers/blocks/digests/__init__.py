"""How digests look, and how they are chosen."""
