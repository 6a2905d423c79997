"""Hangouts: the bi-weekly rhythm, who comes, who presents, and what they took along."""
