"""Sharing a pilot: the form that says who will see what, and the messages that follow."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InputBlock,
    Option,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TickField, carried
from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import next_cycle_button, share_button, show_button
from handlers.blocks.pilots.facts import Known, decision_words, labelled
from handlers.blocks.pilots.plan_fields import SCHOOL_ONCE
from handlers.blocks.problems.fields import form, plain_section
from handlers.blocks.text import excerpt, paragraph, plain, words
from models.communities import Community
from models.pilots.pilot import Circle, Decision, Pilot
from models.pilots.posted import NEWS
from models.pilots.sharing import Series

SHARE_FORM = "pilots.share_form"
LEARNED_LENGTH = 300


def share_form(
    series: Series, community: Community, asked_in: str | None, *, asks_school: bool
) -> View:
    """Return the form that asks with whom; `asked_in` is the conversation where it was opened."""
    pilot = series.pilot
    blocks = [
        plain_section(
            f"A card goes to #{community.channel_name}, with your name and the chart. Whoever can "
            "open that channel can read it there. You can take it back at any time."
        ),
        plain_section(
            f"{pilot.name}: they see aim, prediction, each value, your marks on the chart and what "
            "you write at the end. Your notes on single days, links and files stay with you."
        ),
        _circles(community, pilot),
        *_whole(series),
        *([SCHOOL_ONCE.drawn(None)] if asks_school else []),
    ]
    metadata = carried(pilot_id=pilot.id, asked_in=asked_in)
    return form(SHARE_FORM, "Share the pilot", "Share", blocks, metadata)


def _circles(community: Community, pilot: Pilot) -> InputBlock:
    options = {
        Circle.COMMUNITY: Option(
            value=Circle.COMMUNITY, text=plain(excerpt(f"Members of {community.name}", 75))
        ),
        Circle.NETWORK: Option(
            value=Circle.NETWORK,
            text=plain("The whole network"),
            description=plain("Everyone in this Slack finds it in lists and searches"),
        ),
    }
    chosen = Circle.NETWORK if pilot.circle == Circle.NETWORK else Circle.COMMUNITY
    return InputBlock(
        block_id="circle",
        label=plain("Who may see it?"),
        element=RadioButtonsElement(
            action_id="circle", options=list(options.values()), initial_option=options[chosen]
        ),
    )


def _whole(series: Series) -> list[InputBlock]:
    """Return the question about earlier cycles, if there are some that not everybody sees."""
    hidden = len(series.narrower(Circle.NETWORK))
    if not hidden:
        return []
    those = "The cycle before it" if hidden == 1 else f"The {hidden} cycles before it"
    field = TickField(
        name="whole",
        label="The earlier cycles",
        choice=f"{those} as well, in one chart",
        hint="Otherwise the chart begins with this cycle, and nobody sees that there were others.",
    )
    return [field.drawn(is_ticked=True)]


def shared(pilot: Pilot, community: Community) -> Message:
    """Tell the teacher that it worked, and what comes next."""
    who = "everyone in this Slack" if pilot.circle == Circle.NETWORK else community.name
    first = f"Shared with {who}. The card is on its way to #{community.channel_name}."
    buttons = [show_button(pilot)]
    if pilot.finished_at is not None and pilot.decision == Decision.ADAPT:
        buttons.insert(0, next_cycle_button(pilot))
    return _with(phrase(first), buttons)


def taken_back_now(pilot: Pilot, *, had_card: bool, along: int) -> Message:
    """Tell the teacher that nobody else sees it any more; `along` counts earlier cycles."""
    first = "Taken back. Only you see it now."
    if had_card:
        first += " Its card says so, and shows nothing of it any more."
    if along:
        first += (
            " The cycle before it is private again as well."
            if along == 1
            else f" The {along} cycles before it are too."
        )
    return _with(phrase(first), [share_button(pilot), show_button(pilot)])


def private_already(pilot: Pilot) -> Message:
    return _with(phrase("Only you see it already."), [share_button(pilot), show_button(pilot)])


def after_problem(pilot: Pilot, known: Known) -> Message:
    """Return what the thread of a problem hears of a pilot that began with it."""
    decided = decision_words(pilot)
    tried = (
        " tried something after this: " if pilot.finished_at else " tries something after this: "
    )
    lines = [
        phrase(
            known.person(pilot.member_id),
            tried,
            phrase(pilot.name, bold=True),
            f", and {decided}." if decided else ".",
        )
    ]
    if pilot.finished_at is not None and pilot.learned:
        lines.append(labelled("Learned", excerpt(pilot.learned, LEARNED_LENGTH)))
    return _with(phrase(*_in_lines(lines)), [show_button(pilot)])


def after_problem_taken_back() -> Message:
    text = "A pilot that began with this was taken back by its teacher."
    return Message.of([text], [paragraph(words(text))])


def spark_letter(pilot: Pilot, inspired_by: Pilot, known: Known) -> Message:
    """Tell a teacher what became of their idea in somebody else's classroom."""
    decided = decision_words(pilot)
    lines = [
        phrase(
            "Your ",
            phrase(inspired_by.practice_name, bold=True),
            " was a spark: ",
            known.person(pilot.member_id),
            " tried it",
            f" and {decided}." if decided else ".",
        )
    ]
    if pilot.learned:
        lines.append(labelled("Learned", excerpt(pilot.learned, LEARNED_LENGTH)))
    return _with(phrase(*_in_lines(lines)), [show_button(pilot), mute_button(NEWS)])


def _in_lines(lines: list[Phrase]) -> list[Phrase | str]:
    parts: list[Phrase | str] = []
    for line in lines:
        parts += [line] if not parts else ["\n", line]
    return parts


def _with(said: Phrase, buttons: Sequence[ButtonElement]) -> Message:
    return Message.of([said.text], [said.block, ActionsBlock(elements=buttons)])
