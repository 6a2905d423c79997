"""Pilots: a teacher's small test of one practice, with what they saw and what they decided."""
