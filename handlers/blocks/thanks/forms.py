"""The form in which somebody is thanked, and a note for a shower."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.problems.fields import form, plain_section, warning
from handlers.blocks.text import excerpt, first_upper, in_words, plain
from models.communities import Community
from models.student_data import Suspicion
from models.thanks.linking import value_of
from models.thanks.pointing import Pointer
from models.thanks.shower import Shower
from models.thanks.thanks import RECEIVERS_AT_MOST, About
from models.thanks.wording import EFFECT_LENGTH, TEXT_LENGTH

# What comes back when the form is sent.
GIVE_FORM = "thanks.give_form"
# The action id of the field that asks what can be linked while one types.
ABOUT = "thanks.about"
# Slack's limits for the options of a list, and for the text of one.
OPTIONS_AT_MOST, OPTION_LENGTH = 100, 75

TEXT = TextField(
    name="text",
    label="What for?",
    max_length=TEXT_LENGTH,
    placeholder="for covering my class on Tuesday",
    hint="As you would say it: “for …” or “because …”. No students’ names, please.",
    is_long=True,
)
EFFECT = TextField(
    name="effect",
    label="What did it do for you?",
    max_length=EFFECT_LENGTH,
    placeholder="I could be with my son",
    hint="It is read after “because”.",
    is_long=True,
    is_optional=True,
)
GROUPS: Mapping[About, str] = {
    About.PROBLEM: "Problems",
    About.HANGOUT: "Hangouts",
    About.PILOT: "Pilots",
    About.MATERIAL: "Materials",
}
# The two answers to who sees it.
PUBLIC, PRIVATE = "public", "private"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the form shows.

    `typed` are answers by field, `facts` what the form carries along. `communities` are there to
    choose from; when there is one it is clear. `reasons` are of these. `notices` are sentences
    above the fields. With a `shower` it is a note for the person called `whom`, who is to be
    surprised.
    """

    typed: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    communities: Sequence[Community] = ()
    reasons: Sequence[str] = ()
    pointer: Pointer | None = None
    notices: Sequence[str] = ()
    suspicions: Sequence[Suspicion] = ()
    shower: Shower | None = None
    whom: str = ""


def thanks_form(sheet: Sheet) -> View:
    """Return the form; what is typed already is in it."""
    if sheet.shower is not None:
        return _note_form(sheet, sheet.shower)
    only = sheet.communities[0] if len(sheet.communities) == 1 else None
    place = f"#{only.channel_name}" if only else "the community you choose"
    blocks = [
        *[plain_section(one) for one in sheet.notices],
        plain_section(
            f"Those you thank get it as a letter. Everybody in {place} sees it as well, unless "
            "you keep it between you."
        ),
        *warning(sheet.suspicions, sheet.typed),
        _receivers_field(sheet.typed.get("receiver_ids") or []),
        TEXT.drawn(sheet.typed.get("text")),
        EFFECT.drawn(sheet.typed.get("effect")),
        *_reason_field(sheet.reasons, sheet.typed.get("reason")),
        _who_sees_field(place, is_private=bool(sheet.typed.get("is_private"))),
        *([] if only else [_community_field(sheet.communities, sheet.typed.get("community_id"))]),
        _about_field(sheet.pointer),
    ]
    return form(GIVE_FORM, "Say thanks", "Say thanks", blocks, carried(**sheet.facts))


def option_groups(found: Mapping[About, Sequence[Pointer]]) -> list[dict[str, Any]]:
    """Return what can be linked as the groups of a list, as Slack takes them."""
    return [
        {
            "label": plain(GROUPS[kind]).to_dict(),
            "options": [_pointer_option(one).to_dict() for one in pointers],
        }
        for kind, pointers in found.items()
    ]


def _note_form(sheet: Sheet, shower: Shower) -> View:
    tz = sheet.communities[0].tz if sheet.communities else None
    occasion = f" Occasion: {shower.occasion}." if shower.occasion else ""
    blocks: list[Block] = [
        *[plain_section(one) for one in sheet.notices],
        plain_section(
            f"A note for {sheet.whom}.{occasion} It arrives together with those of colleagues, "
            f"{in_words(shower.arrives_at, tz)}, and is for {sheet.whom} alone. Until then it is "
            "a surprise."
        ),
        *warning(sheet.suspicions, sheet.typed),
        TEXT.drawn(sheet.typed.get("text")),
        EFFECT.drawn(sheet.typed.get("effect")),
    ]
    return form(GIVE_FORM, "Write a note", "Keep my note", blocks, carried(**sheet.facts))


def _receivers_field(member_ids: Iterable[str]) -> InputBlock:
    return InputBlock(
        block_id="receiver_ids",
        label=plain("Whom would you like to thank?"),
        hint=plain(f"Up to {RECEIVERS_AT_MOST} people."),
        element=UserMultiSelectElement(
            action_id="receiver_ids",
            placeholder=plain("Choose colleagues"),
            initial_users=list(member_ids)[:RECEIVERS_AT_MOST] or None,
            max_selected_items=RECEIVERS_AT_MOST,
        ),
    )


def _reason_field(reasons: Sequence[str], chosen: str | None) -> list[InputBlock]:
    """Return the choice of a reason; one that the list has lost since stays chosen."""
    words = dict.fromkeys([*reasons, *([chosen] if chosen else [])])
    options = {
        one: Option(value=one, text=plain(excerpt(one, OPTION_LENGTH)))
        for one in list(words)[:OPTIONS_AT_MOST]
    }
    if not options:
        return []
    element = StaticSelectElement(
        action_id="reason",
        placeholder=plain("Choose a reason"),
        options=list(options.values()),
        initial_option=options.get(chosen or ""),
    )
    return [
        InputBlock(
            block_id="reason",
            label=plain("Reason"),
            hint=plain("In their journal, words with the same reason stand together."),
            element=element,
            optional=True,
        )
    ]


def _who_sees_field(place: str, *, is_private: bool) -> InputBlock:
    everybody = Option(value=PUBLIC, text=plain(excerpt(f"Everybody in {place}", OPTION_LENGTH)))
    between_us = Option(value=PRIVATE, text=plain("Only those I thank"))
    return InputBlock(
        block_id="is_private",
        label=plain("Who sees it?"),
        element=RadioButtonsElement(
            action_id="is_private",
            options=[everybody, between_us],
            initial_option=between_us if is_private else everybody,
        ),
    )


def _community_field(communities: Sequence[Community], chosen: object) -> InputBlock:
    options = {
        str(one.id): Option(value=str(one.id), text=plain(excerpt(one.name, OPTION_LENGTH)))
        for one in communities[:OPTIONS_AT_MOST]
    }
    return InputBlock(
        block_id="community_id",
        label=plain("Community"),
        hint=plain("Where everybody sees it; nobody there does when it stays between you."),
        element=StaticSelectElement(
            action_id="community_id",
            placeholder=plain("Choose a community"),
            options=list(options.values()),
            initial_option=options.get(str(chosen or "")),
        ),
    )


def _about_field(pointer: Pointer | None) -> InputBlock:
    return InputBlock(
        block_id="about",
        label=plain("Link"),
        hint=plain("A problem, hangout, pilot or material it is about."),
        optional=True,
        element=ExternalDataSelectElement(
            action_id=ABOUT,
            min_query_length=0,
            placeholder=plain("Quiet students in small groups"),
            initial_option=_pointer_option(pointer) if pointer else None,
        ),
    )


def _pointer_option(pointer: Pointer) -> Option:
    title = excerpt(first_upper(pointer.title), OPTION_LENGTH) or pointer.kind.value
    return Option(value=value_of(pointer.kind, pointer.about_id), text=plain(title))
