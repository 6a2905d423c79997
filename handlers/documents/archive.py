"""The archive of a community as one document to read, to print and to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.documents.archive_items import (
    Item,
    hangout_item,
    material_item,
    pilot_item,
    practice_item,
    problem_item,
    thanks_item,
)
from handlers.documents.page import day_written, page
from models.archive.contents import Archive


@dataclass(frozen=True)
class Chapter:
    """All things of one kind; `anchor` is the chapter's name in the document's addresses."""

    anchor: str
    heading: str
    items: Sequence[Item]
    note: str = ""


def archive_page(archive: Archive) -> bytes:
    """Return all that is public in the community as one HTML file."""
    community = archive.community
    return page(
        "archive.html",
        title=f"{community.name}: archive",
        place=f"#{community.channel_name}" if community.channel_name else community.name,
        today=day_written(archive.made_at, community.tz),
        chapters=[one for one in _chapters(archive) if one.items or one.note],
    )


def _chapters(archive: Archive) -> list[Chapter]:
    problems = [problem_item(one, archive) for one in archive.problems.problems]
    hangouts = [hangout_item(one, archive) for one in archive.hangouts.hangouts]
    pilots = [pilot_item(one, archive) for one in archive.pilots.pilots]
    practices = [practice_item(one) for one in archive.menu.practices]
    materials = [material_item(one, archive) for one in archive.materials.materials]
    thanks = [thanks_item(one, archive) for one in archive.thanks.thanks]
    return [
        Chapter("problems", "Problems of practice", problems),
        Chapter("hangouts", "Hangouts", hangouts),
        Chapter("pilots", "Pilots", pilots),
        Chapter("menu", "Practices on the menu", practices, archive.menu.note or ""),
        Chapter("materials", "Materials", materials),
        Chapter("thanks", "Thanks", thanks),
    ]
