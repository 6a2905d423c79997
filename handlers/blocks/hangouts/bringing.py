"""The forms that ask for one of the coming hangouts: bring a problem there, sign a colleague up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.hangouts.facts import free_words, local_day_and_time
from handlers.blocks.hangouts.forms import (
    OPTION_LENGTH,
    OPTIONS_AT_MOST,
    QUESTION,
    field,
    form,
    place_of,
)
from handlers.blocks.hangouts.ids import BRING_FORM, SIGN_UP_FORM
from handlers.blocks.problems.fields import plain_section, warning
from handlers.blocks.text import excerpt, plain
from models.communities import Community
from models.hangouts.standings import HangoutStanding
from models.problems import LENGTHS, Problem
from models.student_data import Suspicion

# What somebody may be signed up for.
COMES, PRESENTS = "comes", "presents"


@dataclass(frozen=True, kw_only=True)
class Bringing:
    """A problem and the coming hangouts of its community, at least one.

    `author` is what whoever shared it is called, when a facilitator brings it for them.
    """

    problem: Problem
    community: Community
    standings: Sequence[HangoutStanding]
    author: str | None = None

    @property
    def presenter_id(self) -> str:
        """Who is going to present: whoever shared it, with their name."""
        return self.problem.author_id or ""


def bring_form(
    bringing: Bringing,
    *,
    asked_in: str | None,
    typed: Mapping[str, Any] | None = None,
    suspicions: Sequence[Suspicion] = (),
) -> View:
    """Return the form that asks to which of the coming hangouts a problem goes."""
    problem, author = bringing.problem, bringing.author
    shown = {"question": problem.question} if typed is None else typed
    who = f"{author} presents it and hears of it from me" if author else "You present it"
    options = [_hangout_option(standing) for standing in bringing.standings]
    chosen = next((one for one in options if one.value == shown.get("hangout_id")), options[0])
    element = RadioButtonsElement(action_id="hangout_id", options=options, initial_option=chosen)
    title = excerpt(problem.title, LENGTHS["title"])
    blocks: list[Block] = [
        plain_section(
            f"“{title}” goes to the hangout you choose. {who}, and everyone in "
            f"{place_of(bringing.community)} sees it on the invitation."
        ),
        *warning(suspicions, shown),
        field("hangout_id", "Which hangout?", element),
        QUESTION.drawn(shown.get("question")),
    ]
    metadata = carried(problem_id=problem.id, asked_in=asked_in)
    return form(BRING_FORM, "Bring to a hangout", "Bring it", blocks, metadata)


def _hangout_option(standing: HangoutStanding) -> Option:
    """Return one hangout with what is still to be had there."""
    seats = free_words(standing)
    if waiting := len(standing.waiting):
        seats += f" {waiting} on the waiting list."
    elif not standing.free_seats:
        seats += " You would be first on the list."
    return Option(
        value=str(standing.hangout.id),
        text=plain(excerpt(local_day_and_time(standing.hangout), OPTION_LENGTH)),
        description=plain(excerpt(seats, OPTION_LENGTH)),
    )


def sign_up_form(
    standings: Sequence[HangoutStanding], chosen_id: int, asked_in: str | None
) -> View:
    """Return the form in which a facilitator signs somebody up."""
    options = {one.hangout.id: _hangout_option(one) for one in standings[:OPTIONS_AT_MOST]}
    what = [
        Option(value=COMES, text=plain("Comes")),
        Option(value=PRESENTS, text=plain("Comes and presents a problem")),
    ]
    hangouts = StaticSelectElement(
        action_id="hangout_id",
        options=list(options.values()),
        initial_option=options.get(chosen_id, next(iter(options.values()))),
    )
    blocks: list[Block] = [
        plain_section(
            "For colleagues who asked you to. I tell them, and one press there takes it back. "
            "Everyone in the community sees who comes."
        ),
        field("member_id", "Who?", UserSelectElement(action_id="member_id")),
        field("hangout_id", "Which hangout?", hangouts),
        field(
            "what",
            "What for?",
            RadioButtonsElement(action_id="what", options=what, initial_option=what[0]),
        ),
    ]
    return form(SIGN_UP_FORM, "Sign up a colleague", "Sign up", blocks, carried(asked_in=asked_in))
