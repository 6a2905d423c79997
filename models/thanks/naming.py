"""Naming: which colleague somebody means by a name typed as people type names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

# So long a name bears one slip that is more than two letters changing places; a longer one two.
# In a shorter one another letter makes another name: Jen is not Ben.
BEARS_ONE, BEARS_TWO = 5, 8
# A shorter beginning of a name could be anything.
BEGINNING = 3
# Characters. Nobody has a longer name; one that only repeats itself would not fit into a button.
LONGEST = 100


@dataclass(frozen=True)
class Roster:
    """Those who may be meant: display names by member id."""

    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, typed: str) -> list[str]:
        """Return who has exactly this name, or else a name with all of these words in it."""
        wanted = _plain(typed)
        if not wanted or len(typed) > LONGEST:
            return []
        same = [one for one, name in self._bare.items() if name == wanted]
        words = set(wanted.split())
        return same or [one for one, name in self._bare.items() if words <= set(name.split())]

    def meant(self, typed: str) -> list[str]:
        """Return who may be meant, also by the beginning of a name or one that is nearly right.

        One of them is who is meant; of several somebody has to choose.
        """
        if exactly := self.named(typed):
            return exactly
        wanted = _plain(typed)
        if not BEGINNING <= len(wanted) <= LONGEST:
            return []
        begun = [one for one, name in self._bare.items() if _begins(name, wanted)]
        return begun or _nearest(self._bare, wanted)

    @cached_property
    def _bare(self) -> dict[str, str]:
        return {member_id: _plain(name) for member_id, name in self.names.items()}


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.split())


def _nearest(plain: Mapping[str, str], wanted: str) -> list[str]:
    """Return those whose name is nearest, as far as a slip of the finger explains it."""
    slips = {
        member_id: min(
            (OSA.distance(wanted, one) for one in (name, *name.split()) if _is_slip(wanted, one)),
            default=None,
        )
        for member_id, name in plain.items()
    }
    near = {one: count for one, count in slips.items() if count is not None}
    best = min(near.values(), default=0)
    return [one for one, count in near.items() if count == best]


def _is_slip(typed: str, name: str) -> bool:
    slips, length = OSA.distance(typed, name), min(len(typed), len(name))
    if slips == 1 and sorted(typed) == sorted(name):
        return True
    return slips <= (2 if length >= BEARS_TWO else 1 if length >= BEARS_ONE else 0)


def _plain(name: str) -> str:
    """Return a name in small letters, without accents, dots and the sign before it."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    spaced = "".join(char if char.isalnum() else " " for char in letters)
    return " ".join(spaced.split())
