"""Everything that is kept about somebody, as a document to read and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.blocks.members import LETTERS
from handlers.blocks.text import first_upper
from handlers.documents.journal import journal_page, journal_table
from handlers.documents.page import day_written, page
from handlers.documents.sheets import bundle, table
from models.my_data.chapters.myself import SWITCHED_OFF
from models.my_data.chapters.sheet import Sheet
from models.my_data.seeing import MyData
from models.time import zone


@dataclass(frozen=True)
class Chapter:
    """All things of one kind, each as pairs of what is told and what it is."""

    name: str
    heading: str
    items: Sequence[Sequence[tuple[str, str]]]


def my_data_page(data: MyData, now: datetime) -> bytes:
    """Return all of it as one HTML file for this member alone."""
    return page(
        "my_data.html",
        title=f"{first_upper(data.member.name or 'you')}: my data",
        today=day_written(now, data.member.tz),
        chapters=[_chapter(_in_words(sheet)) for sheet in data.filled],
        has_thanks=data.has_thanks,
    )


def my_data_bundle(data: MyData, now: datetime) -> bytes:
    """Return a ZIP file of the document, the journal of thanks, and a CSV file for each kind."""
    files = {"my-data.html": my_data_page(data, now)}
    if data.has_thanks:
        files["kind-words.html"] = journal_page(data.journal, data.member, now)
        files["tables/thanks.csv"] = journal_table(data.journal, data.member)
    for sheet in map(_in_words, data.filled):
        files[f"tables/{sheet.name}.csv"] = table(sheet.columns, sheet.rows)
    return bundle(files, now.astimezone(zone(data.member.tz)))


def _in_words(sheet: Sheet) -> Sheet:
    """Say of the letters that are switched off what they are called in settings."""
    rows = [
        (what, _called(str(kept[0]))) if what == SWITCHED_OFF else (what, *kept)
        for what, *kept in sheet.rows
    ]
    return replace(sheet, rows=rows)


def _called(switches: str) -> str:
    return "; ".join(LETTERS.get(one, one) for one in switches.split(", "))


def _chapter(sheet: Sheet) -> Chapter:
    items = [
        [
            (first_upper(label), str(cell))
            for label, cell in zip(sheet.columns, row, strict=True)
            if cell not in (None, "")
        ]
        for row in sheet.rows
    ]
    if sheet.name == "about-me":
        # Each fact is a pair of its own there, so all of them stand together.
        items = [[(first_upper(str(what)), str(kept)) for what, kept in sheet.rows]]
    return Chapter(sheet.name, sheet.heading, items)
