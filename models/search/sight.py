"""Sight: what a viewer may see, which no search goes beyond."""

from collections.abc import Collection


def sight_of(kind: str, is_open: bool, community_id: int | None) -> str:
    """Return the name of the circle an entry is for, such as "problem/open" or "problem/7"."""
    return f"{kind}/{'open' if is_open else community_id}"


def sights_of(kinds: Collection[str], communities: Collection[int]) -> list[str]:
    """Return every circle a member of these communities belongs to."""
    return [
        sight
        for kind in dict.fromkeys(kinds)
        for sight in [
            sight_of(kind, True, None),
            *(sight_of(kind, False, one) for one in dict.fromkeys(communities)),
        ]
    ]
