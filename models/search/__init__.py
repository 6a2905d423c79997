"""Search: whoever remembers a word or two of it finds it again, or something like it.

A feature calls `keep` whenever a thing it wants found is new or changed, and `forget` when it is
gone, in the transaction of that change. `find` and `similar` show a viewer what is open to the
whole workspace or belongs to one of their communities, and nothing else.
"""

from models.search.entries import Entry, forget, keep
from models.search.finding import MOST_FINDS, Findings, Hit, find
from models.search.likeness import similar

__all__ = ["MOST_FINDS", "Entry", "Findings", "Hit", "find", "forget", "keep", "similar"]
