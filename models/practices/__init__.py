"""Practices: the tool belt of small things to try in a classroom."""
