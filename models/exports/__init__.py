"""Exports: the network’s records as tables, for leads, and how long they are kept."""
