"""Forgetting: what becomes of each kind of thing when whoever it is by has all of it deleted.

Each module takes the session, the person's id and the present time, and returns how many rows of
which table it deleted or emptied. Whatever it finds already forgotten it leaves alone.
"""
