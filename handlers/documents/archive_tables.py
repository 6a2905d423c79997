"""The archive of a community as tables: one CSV file for each kind of thing, in one ZIP file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from handlers.documents.sheets import Cell, bundle, table
from models.archive.contents import Archive
from models.time import zone

Row = tuple[Cell, ...]

PROBLEMS = (
    *("number", "shared on", "by", "title", "what is happening", "tried", "question", "topics"),
    *("state", "what was learned", "outcomes", "next steps"),
)
HANGOUTS = (
    *("number", "day", "time", "minutes", "led by", "skill", "state", "notes"),
    *("questions", "outcomes", "next steps"),
)
PILOTS = (
    *("number", "by", "practice", "with", "cycle", "begins", "ends", "aim", "prediction"),
    *("noted", "unit", "better", "goal", "decision", "result", "matched", "learned", "why"),
)
OBSERVATIONS = ("pilot", "day", "value", "total")
MATERIALS = (
    *("number", "saved on", "by", "title", "kind", "link", "file in Slack", "topics", "subject"),
    *("grades", "minutes", "licence", "note", "who sees it", "built on", "added", "how it went"),
)
THANKS = ("day", "from", "to", "for what", "because", "reason", "seconded by")


def archive_tables(archive: Archive) -> bytes:
    """Return all that is public in the community as a ZIP file of CSV files."""
    files = {
        "problems.csv": table(PROBLEMS, _problems(archive)),
        "hangouts.csv": table(HANGOUTS, _hangouts(archive)),
        "pilots.csv": table(PILOTS, pilot_rows(archive)),
        "observations.csv": table(OBSERVATIONS, observation_rows(archive)),
        "materials.csv": table(MATERIALS, _materials(archive)),
        "thanks.csv": table(THANKS, _thanks(archive)),
    }
    return bundle(files, archive.made_at)


def _problems(archive: Archive) -> Iterator[Row]:
    shelf = archive.problems
    for one in shelf.problems:
        about = shelf.consultancies.get(one.id, ())
        yield (
            one.id,
            _day(one.shared_at, archive),
            archive.name(one.author_id),
            one.title,
            one.happening,
            one.tried,
            one.question,
            ", ".join(one.topics),
            "open" if one.is_open else "resolved",
            None if one.is_open else one.learned,
            "\n".join(each.outcome for each in about if each.outcome),
            "\n".join(each.next_step for each in about if each.next_step),
        )


def _hangouts(archive: Archive) -> Iterator[Row]:
    shelf = archive.hangouts
    for one in shelf.hangouts:
        starts_at = one.starts_at.astimezone(zone(one.tz))
        held = shelf.consultancies.get(one.id, ())
        yield (
            one.id,
            starts_at.date().isoformat(),
            f"{starts_at:%H:%M}",
            one.minutes,
            archive.name(one.facilitator_id) if one.facilitator_id else None,
            one.skill,
            "took place" if one.is_on else "called off",
            one.notes,
            "\n".join(each.question for each in held if each.question),
            "\n".join(each.outcome for each in held if each.outcome),
            "\n".join(each.next_step for each in held if each.next_step),
        )


def pilot_rows(archive: Archive) -> Iterator[Row]:
    """Yield a row for each pilot, in the order of the archive; the columns are `PILOTS`."""
    for one in archive.pilots.pilots:
        yield (
            one.id,
            archive.name(one.member_id),
            one.practice_name,
            one.with_class,
            one.cycle,
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            one.aim,
            one.prediction,
            one.measure_name,
            one.unit,
            one.better,
            one.goal,
            one.decision,
            one.result,
            one.matched,
            one.learned,
            one.why,
        )


def observation_rows(archive: Archive) -> Iterator[Row]:
    """Yield a row for each value of a pilot; the columns are `OBSERVATIONS`."""
    for pilot in archive.pilots.pilots:
        for one in archive.pilots.values.get(pilot.id, ()):
            yield pilot.id, one.on_date.isoformat(), one.value.value, one.value.total


def _materials(archive: Archive) -> Iterator[Row]:
    shelf = archive.materials
    for one in shelf.materials:
        added, used = shelf.additions.get(one.id, ()), shelf.uses.get(one.id, ())
        yield (
            one.id,
            _day(one.saved_at, archive),
            archive.name(one.owner_id),
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
            shelf.origins.get(one.remix_of_id or 0),
            "\n".join(f"{archive.name(each.member_id)}: {each.note}" for each in added),
            "\n".join(f"{archive.name(each.member_id)}: {each.how}" for each in used if each.how),
        )


def _thanks(archive: Archive) -> Iterator[Row]:
    shelf = archive.thanks
    for one in shelf.thanks:
        yield (
            _day(one.thanked_at, archive),
            archive.name(one.giver_id),
            ", ".join(archive.name(who) for who in shelf.receivers.get(one.id, ())),
            one.text,
            one.effect,
            one.reason,
            ", ".join(archive.name(who) for who in shelf.seconders.get(one.id, ())),
        )


def _day(moment: datetime, archive: Archive) -> str:
    return moment.astimezone(zone(archive.community.tz)).date().isoformat()
