"""Plainly: what our own short words mean that rows hold, for a member who reads what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.my_data.chapters.sheet import Cell
from models.posts import DROPPED, DUE, FAILED, GONE, MISSED, SAID, SENDING

# By the beginning of a message's kind, or of a form's name.
AREAS: Mapping[str, str] = MappingProxyType(
    {
        "communities": "my communities",
        "consultancies": "consultancies",
        "digests": "digests",
        "exports": "exports and how long records are kept",
        "hangouts": "hangouts",
        "materials": "materials",
        "members": "my settings",
        "my_data": "my data",
        "pilots": "pilots",
        "posts": "something that could not be posted",
        "practices": "the tool belt",
        "problems": "problems",
        "thanks": "thanks",
        "wordings": "a community’s own words",
    }
)
FATES: Mapping[str, str] = MappingProxyType(
    {
        SAID: "sent",
        GONE: "sent, and deleted in Slack since",
        DUE: "still to come",
        SENDING: "on its way",
        DROPPED: "not sent, as there was nothing to say any more or it was switched off",
        MISSED: "not sent, as it would have come too late",
        FAILED: "not sent, as Slack did not take it",
    }
)
# What the other short words mean, by the column in which they stand.
MEANINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "circle": {
            "me": "only me",
            "community": "my community",
            "network": "everyone in this Slack",
        },
        "wanted_help": {
            "ideas": "ideas in the thread",
            "hangout": "a hangout",
            "asynchronous": "a consultancy in the thread, over some days",
        },
        "measure": {"count": "a count, such as 18 of 26", "rating": "a rating from 1 to 5"},
        "rhythm": {
            "daily": "each school day",
            "twice": "twice a week",
            "weekly": "once a week",
            "fortnightly": "every two weeks",
            "never": "I am not asked",
        },
        "decision": {
            "adopt": "keep it",
            "adapt": "change it and try again",
            "abandon": "let it go",
        },
        "presenting": {
            "seat": "I had a seat",
            "offered": "a seat was offered to me",
            "waiting": "I waited for a seat",
        },
        "spot": {
            "invitation": "invitation to a hangout",
            "reminder": "reminder the day before",
            "digest_opening": "opening of the digest",
            "thanks_prompt": "weekly question whom to thank",
        },
        "swap": {"asked": "not answered yet", "over": "somebody else was asked since"},
        "answer": {"not_yet": "not yet"},
    }
)
# How columns are headed whose attribute has another name.
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "better": "what is better",
        "circle": "seen by",
        "evidence_file_id": "evidence: number of the file in Slack",
        "evidence_name": "evidence: name of the file",
        "evidence_url": "evidence: link",
        "file_name": "file",
        "fits": "fits to",
        "measure": "kind of value",
        "measure_name": "what I note",
        "rhythm": "how often I am asked",
        "url": "link",
        "what": "what it is",
        "with_class": "class",
    }
)


def area(name: str) -> str:
    """Return what a message or a form of that name is about."""
    return AREAS.get(name.partition(".")[0], "something else")


def fate(state: str) -> str:
    """Return what became of a message."""
    return FATES.get(state, state)


def meaning(column: str, value: Cell) -> Cell:
    """Return what the value of that column says; most say it themselves."""
    return MEANINGS.get(column, {}).get(str(value), value)


def headed(column: str) -> str:
    """Return what stands above the values of that attribute."""
    return HEADINGS.get(column, column.replace("_", " "))
