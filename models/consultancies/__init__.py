"""Consultancies: colleagues think about one problem together, live or over some days."""
