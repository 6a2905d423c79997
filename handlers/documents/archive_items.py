"""Items: each thing of an archive as its document shows it: a heading, grey facts, and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.blocks.materials.facts import minutes_words
from handlers.blocks.pilots.facts import decision_words, matched_words, measured_words
from handlers.blocks.text import first_upper
from handlers.documents.journal import joined, thanks_written
from handlers.documents.page import date_written, day_written
from models.archive.contents import Archive
from models.consultancies.consultancy import Consultancy
from models.hangouts.hangout import Hangout
from models.materials.material import Circle, Material
from models.pilots.measures import written
from models.pilots.pilot import Pilot
from models.practices.practice import Practice
from models.problems import Problem
from models.thanks.thanks import Thanks
from models.time import zone

# So many of those who second are named; nobody counts the others.
SECONDERS_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing of the archive; `texts` come with what each of them is, which may be "".

    `url` leads to it; one that `is_off` did not take place.
    """

    heading: str
    facts: Sequence[str]
    texts: Sequence[tuple[str, str]] = field(default_factory=tuple)
    url: str | None = None
    is_off: bool = False


def problem_item(problem: Problem, archive: Archive) -> Item:
    texts = [
        ("What is happening", problem.happening),
        ("Tried so far", problem.tried),
        ("Question", problem.question),
    ]
    for consultancy in archive.problems.consultancies.get(problem.id, ()):
        texts += _came_of(consultancy, archive)
    texts.append(("What was learned", problem.learned if not problem.is_open else None))
    return Item(
        heading=problem.title,
        facts=[
            first_upper(archive.name(problem.author_id)),
            _day(problem.shared_at, archive),
            "open" if problem.is_open else "resolved",
            *problem.topics,
        ],
        texts=_filled(texts),
    )


def _came_of(consultancy: Consultancy, archive: Archive) -> list[tuple[str, str | None]]:
    """Return what came of thinking about it together; who has no name has none here either."""
    presenter = "Whoever brought it"
    if consultancy.presenter_id is not None:
        presenter = first_upper(archive.name(consultancy.presenter_id))
    return [
        ("What came of thinking about it together", consultancy.outcome),
        (f"{presenter} will try", consultancy.next_step),
    ]


def hangout_item(hangout: Hangout, archive: Archive) -> Item:
    texts: list[tuple[str, str | None]] = [("Notes", hangout.notes)]
    for consultancy in archive.hangouts.consultancies.get(hangout.id, ()):
        texts.append(("Question", consultancy.question))
        texts += _came_of(consultancy, archive)
    host = archive.name(hangout.facilitator_id)
    facts = [f"hangout with {host}" if hangout.facilitator_id else "hangout"]
    if hangout.skill:
        facts.append(hangout.skill)
    if not hangout.is_on:
        why = hangout.called_off_why
        facts.append(f"called off: {why}" if why else "called off")
    return Item(
        heading=day_written(hangout.starts_at, hangout.tz),
        facts=facts,
        texts=_filled(texts),
        is_off=not hangout.is_on,
    )


def pilot_item(pilot: Pilot, archive: Archive) -> Item:
    values = [
        f"{one.on_date.day} {one.on_date:%b}: {written(one.value, pilot.measure)}"
        for one in archive.pilots.values.get(pilot.id, ())
    ]
    texts = [
        ("Aim", pilot.aim),
        ("Predicted", pilot.prediction),
        (first_upper(measured_words(pilot)), " · ".join(values)),
        ("Happened", _with(pilot.result, matched_words(pilot))),
        ("Learned", pilot.learned),
        ("Why", pilot.why),
    ]
    facts = [
        first_upper(archive.name(pilot.member_id)),
        f"{date_written(pilot.starts_on)} to {date_written(_last_day(pilot, archive))}",
        decision_words(pilot) or "still running",
    ]
    return Item(heading=pilot.own_name, facts=facts, texts=_filled(texts))


def _last_day(pilot: Pilot, archive: Archive) -> date:
    """Return its last day: of a finished one that of its end, whatever was planned."""
    if pilot.finished_at is None:
        return pilot.ends_on
    return pilot.finished_at.astimezone(zone(archive.community.tz)).date()


def practice_item(practice: Practice) -> Item:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(practice.steps, 1))
    return Item(
        heading=practice.name,
        facts=[one for one in (minutes_words(practice.minutes), *practice.topics) if one],
        texts=_filled(
            [
                ("", practice.what),
                ("Steps", steps),
                ("When it fits", practice.fits),
                ("You need", practice.materials),
            ]
        ),
    )


def material_item(material: Material, archive: Archive) -> Item:
    shelf = archive.materials
    texts: list[tuple[str, str | None]] = [("", material.note)]
    texts += [
        (f"{first_upper(archive.name(one.member_id))} adds", one.note)
        for one in shelf.additions.get(material.id, ())
    ]
    texts += [
        (f"How it went for {archive.name(one.member_id)}", one.how)
        for one in shelf.uses.get(material.id, ())
    ]
    return Item(
        heading=material.title,
        url=material.url,
        facts=_material_facts(material, archive),
        texts=_filled(texts),
    )


def _material_facts(material: Material, archive: Archive) -> list[str]:
    origin = archive.materials.origins.get(material.remix_of_id or 0)
    facts = [
        material.kind,
        f"saved by {archive.name(material.owner_id)}",
        _day(material.saved_at, archive),
        material.subject,
        _grades(material.grades),
        minutes_words(material.minutes),
        f"licence: {material.licence}" if material.licence else None,
        f"the file {material.file_name} in Slack" if material.file_name else None,
        f"built on {origin}" if origin else None,
        "for the whole network" if material.circle == Circle.NETWORK else None,
        "no longer holds" if material.holds_no_more else None,
        "not checked lately" if material.stale_at and not material.holds_no_more else None,
        "missing in Slack by now" if material.gone_at else None,
        *material.topics,
    ]
    return [one for one in facts if one]


def _grades(grades: str | None) -> str | None:
    """Return for which grades it is; "7" is one, "7-9" are several."""
    if not grades:
        return None
    return f"{'grade' if grades.isalnum() else 'grades'} {grades}"


def thanks_item(thanks: Thanks, archive: Archive) -> Item:
    shelf = archive.thanks
    who = joined([archive.name(one) for one in shelf.receivers.get(thanks.id, ())])
    facts = [_day(thanks.thanked_at, archive), *([thanks.reason] if thanks.reason else [])]
    if seconders := [archive.name(one) for one in shelf.seconders.get(thanks.id, ())]:
        others = ["others"] if len(seconders) > SECONDERS_NAMED else []
        facts.append(f"seconded by {joined([*seconders[:SECONDERS_NAMED], *others])}")
    return Item(
        heading=f"{first_upper(archive.name(thanks.giver_id))} thanks {who}",
        facts=facts,
        texts=[("", first_upper(thanks_written(thanks)))],
    )


def _filled(texts: Sequence[tuple[str, str | None]]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in texts if text]


def _with(text: str | None, remark: str) -> str | None:
    return f"{text} ({remark})" if text and remark else text


def _day(moment: datetime, archive: Archive) -> str:
    return date_written(moment.astimezone(zone(archive.community.tz)).date())
