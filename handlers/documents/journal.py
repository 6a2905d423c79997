"""The journal as a document one would like to keep, and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from handlers.blocks.text import first_upper, unescape
from handlers.blocks.thanks.facts import words_of
from handlers.documents.page import date_written, day_written, page
from handlers.documents.sheets import Cell, table
from models.members import Member
from models.thanks.journal import Journal
from models.thanks.thanks import Thanks
from models.time import zone

COLUMNS = (
    *("received or given", "date", "from", "to"),
    *("for what", "because", "reason", "who sees it"),
)
WITHOUT_REASON = "Other kind words"


@dataclass(frozen=True)
class Note:
    """One word of thanks as the document has it, with who wrote it to whom, and when."""

    words: str
    people: str
    day: str
    is_private: bool


def journal_page(journal: Journal, member: Member, now: datetime) -> bytes:
    """Return the whole journal of this member as one HTML file for them alone."""
    received = [
        (reason, [_received(one, journal, member) for one in several])
        for reason, several in groupby(journal.received, key=lambda one: one.reason)
    ]
    has_reasons = any(reason for reason, _ in received)
    return page(
        "journal.html",
        title=f"Kind words, kept for {first_upper(member.name or 'you')}",
        today=day_written(now, member.tz),
        received=[
            (reason or (WITHOUT_REASON if has_reasons else ""), notes) for reason, notes in received
        ],
        given=[_given(one, journal, member) for one in journal.given],
    )


def journal_table(journal: Journal, member: Member) -> bytes:
    """Return the whole journal of this member as a CSV file, a row for each word of thanks."""
    return table(COLUMNS, _rows(journal, member))


def joined(names: Sequence[str]) -> str:
    """Return names as they are said, all of them: "Ana, Ben and Chris"."""
    *before, last = names or ["a colleague"]
    return f"{', '.join(before)} and {last}" if before else last


def thanks_written(thanks: Thanks) -> str:
    """Return the words of thanks as one sentence, exactly as they were typed."""
    return unescape(words_of(thanks).text)


def _received(thanks: Thanks, journal: Journal, member: Member) -> Note:
    others = [one for one in journal.receivers.get(thanks.id, ()) if one != member.member_id]
    giver = first_upper(_name(thanks.giver_id, journal))
    with_others = f", to you and {joined([_name(one, journal) for one in others])}"
    return Note(
        words=first_upper(thanks_written(thanks)),
        people=giver + (with_others if others else ""),
        day=_day(thanks.arrives_at or thanks.thanked_at, member),
        is_private=thanks.is_private,
    )


def _given(thanks: Thanks, journal: Journal, member: Member) -> Note:
    receivers = [_name(one, journal) for one in journal.receivers.get(thanks.id, ())]
    return Note(
        words=first_upper(thanks_written(thanks)),
        people=f"To {joined(receivers)}",
        day=_day(thanks.thanked_at, member),
        is_private=thanks.is_private,
    )


def _rows(journal: Journal, member: Member) -> Iterator[tuple[Cell, ...]]:
    for half, several in (("received", journal.received), ("given", journal.given)):
        for one in several:
            moment = one.thanked_at if half == "given" else one.arrives_at or one.thanked_at
            yield (
                half,
                moment.astimezone(zone(member.tz)).date().isoformat(),
                _name(one.giver_id, journal),
                ", ".join(_name(who, journal) for who in journal.receivers.get(one.id, ())),
                one.text,
                one.effect,
                one.reason,
                "giver and receivers" if one.is_private else "the community",
            )


def _name(member_id: str, journal: Journal) -> str:
    return journal.names.get(member_id, "a colleague")


def _day(moment: datetime, member: Member) -> str:
    return date_written(moment.astimezone(zone(member.tz)).date())
