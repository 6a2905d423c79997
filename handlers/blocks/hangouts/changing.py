"""Changing a hangout: its small forms, what their sender sees, and the letters to all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DateTimePickerElement,
    InputBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField
from handlers.blocks.hangouts.facts import (
    Phrase,
    called_off_words,
    day_and_time,
    host,
    linked,
    local_day_and_time,
    moment_words,
    number_word,
    phrase,
)
from handlers.blocks.hangouts.ids import CALL_OFF, COMING, GIVE_IT_AGAIN, JOIN, MOVE, SWAP
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.text import excerpt, first_upper, plain
from models.hangouts.hangout import WHY_LENGTH, Hangout

# The switch of these letters, as Member.muted keeps it.
CHANGES = "hangouts.changes"
OPTION_LENGTH, OPTIONS_AT_MOST = 75, 100
WHY = TextField(
    name="called_off_why",
    label="Why?",
    max_length=WHY_LENGTH,
    placeholder="Parent evening at two of our schools",
    hint="Everyone reads it beside the date. It may stay empty.",
    is_optional=True,
)


def move_form(hangouts: Sequence[Hangout], chosen: Hangout) -> View:
    """Return the form that moves one of the hangouts; `chosen` is the one it begins with."""
    # Without a first value: one of the hangout that was chosen first would stay for another one.
    when = InputBlock(
        block_id="starts_at",
        label="New day and time",
        hint=plain("As your own clock shows it. Everyone else sees it by theirs."),
        element=DateTimePickerElement(action_id="starts_at"),
    )
    return _form(MOVE, "Move a hangout", "Move", [_which(hangouts, chosen), when])


def call_off_form(hangouts: Sequence[Hangout], chosen: Hangout) -> View:
    """Return the form that calls one of the hangouts off."""
    return _form(
        CALL_OFF, "Call a hangout off", "Call off", [_which(hangouts, chosen), WHY.drawn()]
    )


def swap_form(hangouts: Sequence[Hangout], chosen: Hangout, substitute_id: str | None) -> View:
    """Return the form that asks somebody to lead one of the hangouts."""
    who = InputBlock(
        block_id="substitute_id",
        label="Who could lead it?",
        hint=plain("They can accept or decline. Until they accept, nothing changes."),
        element=UserSelectElement(action_id="substitute_id", initial_user=substitute_id),
    )
    return _form(SWAP, "Ask someone to lead", "Ask", [_which(hangouts, chosen), who])


_SENTENCES = {
    MOVE: "The schedule shows the new time at once, and whoever signed up gets a letter.",
    CALL_OFF: "It stays on the schedule, struck through, and whoever signed up gets a letter.",
    SWAP: "Only the person you ask gets a letter. Once they accept, whoever signed up is told.",
}


def _form(callback_id: str, title: str, submit: str, blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=title,
        submit=submit,
        close="Not now",
        blocks=[SectionBlock(text=plain(_SENTENCES[callback_id])), *blocks],
    )


def _which(hangouts: Sequence[Hangout], chosen: Hangout) -> InputBlock:
    options = [_option(hangout) for hangout in hangouts[:OPTIONS_AT_MOST]]
    element = StaticSelectElement(
        action_id="hangout_id", options=options, initial_option=_option(chosen)
    )
    return InputBlock(block_id="hangout_id", label="Which hangout?", element=element)


def _option(hangout: Hangout) -> Option:
    return Option(value=str(hangout.id), text=excerpt(local_day_and_time(hangout), OPTION_LENGTH))


def moved(hangout: Hangout, told: int) -> Message:
    """Return what whoever moved it sees; `told` is how many others get a letter."""
    first = phrase("Moved to ", day_and_time(hangout, bold=True), ". ", _told(told))
    return _answer(first, [_coming(hangout)])


def called_off(hangout: Hangout, told: int) -> Message:
    """Return what whoever called it off sees, with the way back."""
    first = phrase(day_and_time(hangout), " is called off. It stays listed. ", _told(told))
    return _answer(first, [restore_button(hangout), _coming(hangout)])


def restored(hangout: Hangout, told: int) -> Message:
    """Return what whoever gave it back sees."""
    first = phrase(day_and_time(hangout, bold=True), " takes place after all. ", _told(told))
    return _answer(first, [_coming(hangout)])


def restore_button(hangout: Hangout) -> ButtonElement:
    """Return the button that lets a hangout which was called off take place after all."""
    return ButtonElement(text="Hold it after all", action_id=GIVE_IT_AGAIN, value=str(hangout.id))


def _told(count: int) -> str:
    if not count:
        return "Nobody else had signed up, so nobody gets a letter."
    who = first_upper(number_word(count))
    return f"{who} {'colleague is' if count == 1 else 'colleagues are'} told."


def _coming(hangout: Hangout) -> ButtonElement:
    return ButtonElement(text="What is coming", action_id=COMING, value=str(hangout.community_id))


def change_letter(
    hangout: Hangout, place: str, names: Mapping[str, str], following: Hangout | None
) -> Message:
    """Tell somebody who signed up what is different now.

    `place` is the community's channel, such as #math-circle; `following` the next hangout that
    takes place, offered when this one does not.
    """
    if not hangout.is_on:
        return _call_off_letter(hangout, place, names, following)
    lines = [phrase(f"The hangout in {place} {_news(hangout, names)}.")]
    if hangout.moved_from is not None and "starts_at" in hangout.last_change:
        was = moment_words(hangout.moved_from, hangout.tz, struck=True)
        lines.append(phrase("Before: ", was))
    now = day_and_time(hangout, bold=True)
    lines.append(phrase("Now: ", now, f", with {host(hangout, names)}."))
    lines.append(_where(hangout, place))
    return _letter(lines, [])


def _news(hangout: Hangout, names: Mapping[str, str]) -> str:
    """Return what is different, as it follows upon "The hangout …"; what matters most is first."""
    changed = set(hangout.last_change or ())
    seats = f"{number_word(hangout.slots)} seat{'s' * (hangout.slots != 1)} to present"
    news = {
        "called_off_at": "takes place after all",
        "starts_at": "was moved",
        "facilitator_id": f"is led by {host(hangout, names)} now",
        "link": "meets at another place",
        "minutes": f"takes {hangout.minutes} minutes",
        "slots": f"has {seats}",
        "slot_minutes": f"gives each presenter {hangout.slot_minutes} minutes",
        "protocol": "follows another protocol",
    }
    told = [words for name, words in news.items() if name in changed] or ["has changed"]
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]


def _where(hangout: Hangout, place: str) -> Phrase:
    if not hangout.link:
        return phrase(f"You meet in the huddle of {place}.")
    return phrase("You meet at ", linked(hangout.link, hangout.link), ".")


def _call_off_letter(
    hangout: Hangout, place: str, names: Mapping[str, str], following: Hangout | None
) -> Message:
    lines = [
        phrase(f"The hangout in {place} on ", day_and_time(hangout), " does not take place."),
        phrase(called_off_words(hangout)),
    ]
    if following is None:
        return _letter(lines, [])
    lines.append(
        phrase("The next one is ", day_and_time(following), f", with {host(following, names)}.")
    )
    join = ButtonElement(text="Join the next one", action_id=JOIN, value=str(following.id))
    return _letter(lines, [join])


def _answer(first: Phrase, buttons: Sequence[ButtonElement]) -> Message:
    return Message.of([first.text], [first.block, ActionsBlock(elements=list(buttons))])


def _letter(lines: Sequence[Phrase], buttons: Sequence[ButtonElement]) -> Message:
    row = ActionsBlock(elements=[*buttons, mute_button(CHANGES)])
    return Message.of([line.text for line in lines], [*[line.block for line in lines], row])
