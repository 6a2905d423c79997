"""What a calendar shows of a hangout: when and with whom, what happens, and how to get there."""

from __future__ import annotations

from datetime import datetime

from handlers.blocks.hangouts.facts import called_off_words, host
from handlers.blocks.hangouts.letters import Meeting, agenda_of, place_url, where_words
from handlers.blocks.text import unescape
from models.hangouts.ics import CalendarEntry


def calendar_entry(meeting: Meeting, now: datetime) -> CalendarEntry:
    """Return the hangout as calendars take it, as it stands now."""
    hangout = meeting.hangout
    return CalendarEntry(
        uid=hangout.uid,
        sequence=hangout.sequence,
        starts_at=hangout.starts_at,
        ends_at=hangout.ends_at,
        tz=hangout.tz,
        title=f"{meeting.community.name}: hangout with {host(hangout, meeting.known.names)}",
        description="\n".join(_description(meeting)),
        location=hangout.link or f"Slack huddle in {meeting.channel}",
        url=place_url(meeting),
        is_called_off=not hangout.is_on,
        stamped_at=now,
    )


def _description(meeting: Meeting) -> list[str]:
    """Return its lines as plain text: calendars show no markup of Slack's."""
    if not meeting.hangout.is_on:
        return [called_off_words(meeting.hangout)]
    agenda = [f"• {unescape(line.text)}" for line in agenda_of(meeting)]
    where = unescape(where_words(meeting).text)
    there = [] if meeting.hangout.link else [place_url(meeting)]
    return [*agenda, "", where, *there, "Type /hangout in Slack for more."]
