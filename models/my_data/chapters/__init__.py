"""Chapters: everything that is kept about somebody, as tables for their own eyes."""
