"""How the personal digest looks: a few lines of what concerns one member, and how to stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, RichTextElementParts

from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, grey_line, heading, linked, phrase
from handlers.blocks.hangouts.ids import COMING
from handlers.blocks.hangouts.own import Own, own_state
from handlers.blocks.message import Message
from handlers.blocks.pilots.buttons import finish_button, log_button
from handlers.blocks.pilots.lists import MINE
from handlers.blocks.pilots.lists import RUN as PILOTS
from handlers.blocks.text import bullets, excerpt, mention
from handlers.blocks.thanks.facts import joined, plain_words_of
from handlers.blocks.thanks.ids import JOURNAL
from models.digests.concerning import Concerns, Touched
from models.hangouts.standings import HangoutStanding
from models.pilots.pilot import Pilot
from models.thanks.thanks import Thanks

CHOOSE = "digests.choose"
UNCHOOSE = "digests.unchoose"
TITLE_LENGTH, WORDS_LENGTH = 80, 100
# After so many names the others are only mentioned.
NAMED_AT_MOST = 3
PRIVATELY = "Only you see this. It comes on Mondays, and only when there is something."
# What there is more of than the letter says, and where all of it is.
MORE = {
    "hangouts": "more hangouts (/hangout)",
    "answered": "more answers (/problem mine)",
    "pilots": "more pilots (/pilot)",
    "thanks": "more thanks (/thanks journal)",
    "used": "more uses of your materials (/material mine)",
}


@dataclass(frozen=True, kw_only=True)
class ForMe:
    """What the letter is drawn from; `names` are display names by member id.

    `today` is the reader's own date.
    """

    concerns: Concerns
    reader_id: str
    today: date
    names: Mapping[str, str] = field(default_factory=dict)


def choice_button(*, has_digest: bool) -> ButtonElement:
    """Return the button that begins the weekly letter for whoever presses it, or ends it."""
    if has_digest:
        return ButtonElement(text="Stop my weekly letter", action_id=UNCHOOSE, value="")
    return ButtonElement(text="Send me my own each week", action_id=CHOOSE, value="")


def chosen(*, is_silent: bool = False) -> Message:
    """Tell somebody that they get the letter from now on, or once they want to be written to."""
    text = (
        "On Monday mornings I write to you what concerns you in all your communities: answers to "
        "your problems, your next hangout, pilots that wait for a value, thanks, materials of "
        "yours that were used. When there is nothing, I write nothing."
    )
    silence = "You asked me to stop, so it begins when you say start." if is_silent else ""
    return in_lines([phrase(text), phrase(silence)], [choice_button(has_digest=True)])


def unchosen() -> Message:
    """Tell somebody that the letter comes no more, and how to have it again."""
    text = "I won’t send you your weekly letter any more. Should you want it again, press here."
    return in_lines([phrase(text)], [choice_button(has_digest=False)])


def personal_letter(shown: ForMe) -> Message:
    """Return the letter; there is something in it."""
    concerns = shown.concerns
    first = phrase("Your week", bold=True)
    lines = [
        *(_hangout(name, standing, shown) for name, standing in concerns.hangouts),
        *(_touched(one, shown, " answered ") for one in concerns.answered),
        *(_pilot(pilot, shown) for pilot in concerns.pilots),
        *(_thanks(one, shown) for one in concerns.thanks),
        *(_touched(one, shown, " used ") for one in concerns.used),
    ]
    more = [words for name, words in MORE.items() if name in concerns.more]
    notes = [f"There are {' and '.join(more)}." if more else "", PRIVATELY]
    blocks: list[Block] = [
        first.block,
        bullets(*[list(line.pieces) for line in lines]),
        grey_line(notes),
        ActionsBlock(elements=_buttons(shown)),
    ]
    return Message.of([first.text, *[f"• {line.text}" for line in lines], *notes], blocks)


def _hangout(community: str, standing: HangoutStanding, shown: ForMe) -> Phrase:
    state = own_state(Own.of(standing, shown.reader_id))
    return phrase(
        heading(standing.hangout, shown.names), f", {community}.", f" {state}." if state else ""
    )


def _touched(one: Touched, shown: ForMe, did: str) -> Phrase:
    what = linked(excerpt(one.title, TITLE_LENGTH), one.link)
    return phrase(_people(one.member_ids, shown), did, what, ".")


def _pilot(pilot: Pilot, shown: ForMe) -> Phrase:
    is_over = pilot.ends_on < shown.today
    waits = "is over: what did you find?" if is_over else "waits for a value."
    return phrase(
        "Your pilot ", phrase(excerpt(pilot.own_name, TITLE_LENGTH), bold=True), f" {waits}"
    )


def _thanks(one: Thanks, shown: ForMe) -> Phrase:
    words = plain_words_of(one, WORDS_LENGTH)
    return phrase(_people([one.giver_id], shown), f" thanks you: {words}")


def _people(member_ids: Sequence[str], shown: ForMe) -> Phrase:
    named = [_person(one, shown) for one in member_ids[:NAMED_AT_MOST]]
    if len(member_ids) > NAMED_AT_MOST:
        named.append(phrase("others"))
    return joined(named)


def _person(member_id: str, shown: ForMe) -> Phrase:
    """Return a name in bold; Slack fills in one that we do not know yet."""
    if name := shown.names.get(member_id):
        return phrase(name, bold=True)
    return Phrase((RichTextElementParts.User(user_id=member_id),), mention(member_id))


def _buttons(shown: ForMe) -> list[ButtonElement]:
    """Return at most two next steps, and the way to have peace."""
    concerns = shown.concerns
    steps = []
    if len(concerns.pilots) == 1:
        [pilot] = concerns.pilots
        is_over = pilot.ends_on < shown.today
        steps.append(finish_button(pilot) if is_over else log_button(pilot))
    elif concerns.pilots:
        steps.append(ButtonElement(text="My pilots", action_id=PILOTS, value=MINE))
    if concerns.hangouts:
        [(_, standing), *_] = concerns.hangouts
        community_id = str(standing.hangout.community_id)
        steps.append(ButtonElement(text="What is coming", action_id=COMING, value=community_id))
    if concerns.thanks:
        steps.append(ButtonElement(text="My journal", action_id=JOURNAL, value=""))
    return [*steps[:2], choice_button(has_digest=True)]
