"""How a shower looks: its form, the invitation to write, and the notes that arrive together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    DatePickerElement,
    InputBlock,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, carried
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import Phrase, grey_line, moment_words, phrase
from handlers.blocks.members import mute_button
from handlers.blocks.message import Message
from handlers.blocks.pilots.facts import typed
from handlers.blocks.request import with_kept
from handlers.blocks.text import paragraph, plain, words
from handlers.blocks.thanks.facts import words_of
from handlers.blocks.thanks.ids import SHOWER, START, thank_button
from models.communities import Community
from models.thanks.posted import SHOWERS
from models.thanks.shower import Shower
from models.thanks.showering import OCCASION_LENGTH
from models.thanks.thanks import Thanks

CALL_OFF = "thanks.call_off_shower"
WHAT_HAPPENS = (
    "Everybody else in {name} is invited to write a note, each in a letter of their own. The notes "
    "arrive together at 15:00 on that day; until then the one they are for learns nothing."
)
WHO_SEES = "Whoever gets a note sees who wrote it; nobody else does."
OCCASION = TextField(
    name="occasion",
    label="Occasion",
    max_length=OCCASION_LENGTH,
    placeholder="Twenty years at our school",
    hint="Stands above the notes and in the invitation.",
    is_optional=True,
)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A shower as its letters name it: for whom (`name`), by whom, and where."""

    shower: Shower
    community: Community
    name: str
    opener: str

    @property
    def place(self) -> str:
        channel = self.community.channel_name
        return f"#{channel}" if channel else self.community.name

    @property
    def moment(self) -> Phrase:
        return moment_words(self.shower.arrives_at, self.community.tz)


def shower_form(
    community: Community, member_id: str | None = None, occasion: str | None = None
) -> View:
    """Return the form; what a command named is in it already."""
    return View(
        type="modal",
        callback_id=SHOWER,
        title=plain("A shower of thanks"),
        submit=plain("Invite colleagues"),
        close=plain("Not now"),
        blocks=[
            paragraph(words(WHAT_HAPPENS.format(name=community.name))),
            InputBlock(
                block_id="member_id",
                label=plain("For whom?"),
                element=UserSelectElement(action_id="member_id", initial_user=member_id),
            ),
            InputBlock(
                block_id="on_date",
                label=plain("On which day?"),
                element=DatePickerElement(action_id="on_date"),
            ),
            OCCASION.drawn(occasion),
        ],
        private_metadata=carried(community_id=community.id),
    )


def opened(about: Occasion) -> Message:
    """Tell whoever opened it what happens now."""
    first = phrase("Colleagues are invited to write for ", phrase(about.name, bold=True), ".")
    then = phrase(
        "The notes arrive together: ", about.moment, ". A letter of your own lets you write."
    )
    return in_lines([first, then], [_call_off(about)])


def invitation(about: Occasion, *, is_own: bool) -> Message:
    """Invite one colleague to write; whoever opened it can call it off here."""
    lines = [
        phrase(
            "You" if is_own else phrase(about.opener, bold=True),
            " open" if is_own else " opens",
            " a shower of thanks in ",
            about.place,
            ": notes for ",
            phrase(about.name, bold=True),
            ", ",
            about.moment,
            ".",
        ),
        _occasion(about),
        phrase(
            f"Would you like to write one? Two sentences are plenty. {about.name} learns nothing "
            "before."
        ),
    ]
    buttons = [_write(about), _call_off(about) if is_own else mute_button(SHOWERS)]
    said = [line for line in lines if line]
    return Message.of(
        [*(line.text for line in said), WHO_SEES],
        [*(line.block for line in said), grey_line([WHO_SEES]), ActionsBlock(elements=buttons)],
    )


def invitation_over(about: Occasion) -> Message:
    """Say in the invitation what became of it."""
    if about.shower.called_off_at is not None:
        return in_lines(
            [phrase("The notes for ", phrase(about.name, bold=True), " are called off.")], []
        )
    return in_lines([phrase("The notes for ", phrase(about.name, bold=True), " have arrived.")], [])


def notes_letter(
    about: Occasion, notes: Sequence[Thanks], names: Mapping[str, str], *, is_first: bool
) -> Message:
    """Return some of the notes, each under the name of who wrote it."""
    if not notes:
        return in_lines([phrase("These notes are not here any more.")], [])
    first = phrase(
        f"Colleagues in {about.place} thought of you." if is_first else "More notes for you:"
    )
    lines = [first, _occasion(about) if is_first else phrase()]
    for note in notes:
        giver = phrase(names.get(note.giver_id, "A colleague"), bold=True)
        lines.append(phrase(giver, ": ", words_of(note)))
    givers = list(dict.fromkeys(note.giver_id for note in notes))
    back = thank_button(
        "Thank them back",
        receiver_ids=givers,
        community_id=about.community.id,
        is_private=True,
    )
    last = "Only you and each writer see a note. Your journal keeps them: /thanks journal"
    said = [line for line in lines if line]
    blocks: list[Block] = [line.block for line in said]
    return Message.of(
        [*(line.text for line in said), last],
        [*blocks, grey_line([last]), ActionsBlock(elements=[back])],
    )


def nothing_arrived(about: Occasion, *, is_gone: bool) -> Message:
    """Tell whoever opened it that no notes arrived; who was asked is nobody's business."""
    name = phrase(about.name, bold=True)
    if is_gone:
        gone = phrase(name, " has left the workspace, so the shower is called off.")
        return in_lines([gone, phrase("What was written went back to those who wrote it.")], [])
    none = phrase("Nobody found the time to write for ", name, ", so nothing was sent.")
    known = phrase("It stays between us. A word of yours is welcome at any time.")
    start = thank_button(receiver_ids=[about.shower.member_id], community_id=about.community.id)
    return in_lines([none, known], [start])


def called_off(about: Occasion) -> Message:
    """Tell whoever called it off what happens with the notes."""
    return in_lines(
        [
            phrase("Called off. ", phrase(about.name, bold=True), " learns nothing of it."),
            phrase("Whoever has written already gets their words back, to send them if they like."),
        ],
        [],
    )


def words_back(text: str, draft_id: int) -> Message:
    """Give a writer their words back, with the form that still holds them."""
    told = in_lines(
        [phrase("The shower you wrote for was called off. Your words are below, and in the form.")],
        [ButtonElement(text="Say thanks", action_id=START, value=str(draft_id))],
    )
    return with_kept(told, text)


def _occasion(about: Occasion) -> Phrase:
    occasion = about.shower.occasion
    return phrase("“", typed(occasion), "”") if occasion else phrase()


def _write(about: Occasion) -> ButtonElement:
    return thank_button(
        "Write a note",
        receiver_ids=[about.shower.member_id],
        shower_id=about.shower.id,
        community_id=about.community.id,
        is_private=True,
    )


def _call_off(about: Occasion) -> ButtonElement:
    return ButtonElement(
        text="Call it off",
        action_id=CALL_OFF,
        value=str(about.shower.id),
        confirm=ConfirmObject(
            title="Call it off?",
            text="Nothing is sent. Whoever has written gets their words back.",
            confirm="Call it off",
            deny="Keep it",
        ),
    )
