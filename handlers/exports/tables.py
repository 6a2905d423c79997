"""An export as tables: one CSV file for each kind of thing, all communities in it, in a ZIP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from handlers.documents.archive_tables import observation_rows, pilot_rows
from handlers.documents.sheets import Cell, bundle, table
from models.exports.gathering import Records
from models.time import zone

Row = tuple[Cell, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "communities.csv": (
        *("community", "channel", "time zone", "set up on", "archived on", "facilitators"),
        *("members", "hangouts held", "problems", "problems resolved", "pilots begun"),
        *("pilots finished",),
    ),
    "hangouts.csv": (
        *("community", "hangout", "day", "time", "minutes", "led by", "skill", "state"),
        *("people there", "notes"),
    ),
    "attendance.csv": ("community", "hangout", "day", "who", "how"),
    "problems.csv": (
        *("community", "problem", "shared on", "by", "title", "what is happening", "tried"),
        *("question", "topics", "state", "resolved on", "what was learned"),
    ),
    "pilots.csv": (
        *("community", "pilot", "by", "practice", "with", "cycle", "begins", "ends", "aim"),
        *("prediction", "noted", "unit", "better", "goal", "decision", "result", "matched"),
        *("learned", "why", "who sees it"),
    ),
    "observations.csv": ("community", "pilot", "day", "value", "total"),
    "materials.csv": (
        *("community", "material", "saved on", "by", "title", "kind", "link", "file in Slack"),
        *("topics", "subject", "grades", "minutes", "licence", "note", "who sees it", "used by"),
    ),
    "thanks.csv": ("community", "day", "from", "to", "for what", "because", "reason"),
}
ABOUT = """\
Records of {communities}, made by Staffroom on {day}.

Each table is a CSV file in UTF-8. A text that a spreadsheet might take for a formula has an
apostrophe before it.

What is not in here: private thanks; who shared a problem without a name; private channels the
reader is not in; what was deleted; and pilots and materials, unless they are shared with the
network or with a community the reader is in. Private pilots are only counted, in communities.csv.

Pilots are for learning, never for evaluation.
"""


class Export:
    """The tables of an export while they grow, a community at a time."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.communities = 0

    def add(self, records: Records) -> None:
        """Take one community's records in."""
        name = records.archive.community.name
        self.communities += 1
        self._rows["communities.csv"].append(_community(records))
        for file, rows in (
            ("hangouts.csv", _hangouts(records)),
            ("attendance.csv", _attendance(records)),
            ("problems.csv", _problems(records)),
            ("pilots.csv", _pilots(records)),
            ("observations.csv", observation_rows(records.archive)),
            ("materials.csv", _materials(records)),
            ("thanks.csv", _thanks(records)),
        ):
            self._rows[file].extend((name, *row) for row in rows)

    def packed(self, made_at: datetime) -> bytes:
        """Return the ZIP file; it may take seconds, so not in the loop's own thread."""
        count = "1 community" if self.communities == 1 else f"{self.communities} communities"
        about = ABOUT.format(communities=count, day=f"{made_at:%Y-%m-%d}")
        files = {"about.txt": about.encode()}
        for name, columns in COLUMNS.items():
            files[name] = table(columns, self._rows[name])
        return bundle(files, made_at)


def _community(records: Records) -> Row:
    archive = records.archive
    one = archive.community
    problems = archive.problems.problems
    return (
        one.name,
        one.channel_name,
        one.tz,
        _day(one.set_up_at, records),
        _day(one.archived_at, records),
        ", ".join(archive.name(who) for who in one.facilitators),
        records.people,
        sum(each.is_on and each.is_over(archive.made_at) for each in archive.hangouts.hangouts),
        len(problems),
        sum(not each.is_open for each in problems),
        records.pilots,
        records.finished,
    )


def _hangouts(records: Records) -> Iterator[Row]:
    archive = records.archive
    there: dict[int, int] = {}
    for each in records.attendance:
        there[each.hangout.id] = there.get(each.hangout.id, 0) + 1
    for one in archive.hangouts.hangouts:
        starts_at = one.starts_at.astimezone(zone(one.tz))
        yield (
            one.id,
            starts_at.date().isoformat(),
            f"{starts_at:%H:%M}",
            one.minutes,
            archive.name(one.facilitator_id) if one.facilitator_id else None,
            one.skill,
            "took place" if one.is_on else "called off",
            there.get(one.id, 0),
            one.notes,
        )


def _attendance(records: Records) -> Iterator[Row]:
    for one in records.attendance:
        on = one.hangout.starts_at.astimezone(zone(one.hangout.tz)).date()
        how = "led" if one.has_led else "came"
        yield one.hangout.id, on.isoformat(), records.archive.name(one.member_id), how


def _problems(records: Records) -> Iterator[Row]:
    for one in records.archive.problems.problems:
        yield (
            one.id,
            _day(one.shared_at, records),
            records.archive.name(one.author_id),
            one.title,
            one.happening,
            one.tried,
            one.question,
            ", ".join(one.topics),
            "open" if one.is_open else "resolved",
            _day(one.resolved_at, records),
            None if one.is_open else one.learned,
        )


def _pilots(records: Records) -> Iterator[Row]:
    archive = records.archive
    for one, row in zip(archive.pilots.pilots, pilot_rows(archive), strict=True):
        yield *row, f"the {one.circle}"


def _materials(records: Records) -> Iterator[Row]:
    shelf = records.archive.materials
    for one in shelf.materials:
        yield (
            one.id,
            _day(one.saved_at, records),
            records.archive.name(one.owner_id),
            one.title,
            one.kind,
            one.url,
            one.file_name,
            ", ".join(one.topics),
            one.subject,
            one.grades,
            one.minutes,
            one.licence,
            one.note,
            f"the {one.circle}",
            len(shelf.uses.get(one.id, ())),
        )


def _thanks(records: Records) -> Iterator[Row]:
    shelf, name = records.archive.thanks, records.archive.name
    for one in shelf.thanks:
        yield (
            _day(one.thanked_at, records),
            name(one.giver_id),
            ", ".join(name(who) for who in shelf.receivers.get(one.id, ())),
            one.text,
            one.effect,
            one.reason,
        )


def _day(moment: datetime | None, records: Records) -> str | None:
    tz = zone(records.archive.community.tz)
    return moment.astimezone(tz).date().isoformat() if moment else None
