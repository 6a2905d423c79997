"""What only the giver sees: that thanks were said, or what has to be asked before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, RichTextElementParts

from handlers.blocks.hangouts.facts import Phrase, phrase
from handlers.blocks.message import Message
from handlers.blocks.request import with_kept
from handlers.blocks.text import excerpt, in_words, mention, paragraph, unescape, words
from handlers.blocks.thanks.facts import Facts, line_of, plain_words_of
from handlers.blocks.thanks.ids import EDIT, JOURNAL, START, UNDO, thank_button
from models.communities import Community
from models.thanks.shower import Shower
from models.thanks.thanks import Thanks

# Buttons of a question, each a choice for the words that a draft keeps.
CHOOSE = "thanks.choose"
# Does what the word on the button says.
RUN = "thanks.run"
# What follows these words belongs to them.
TAKE_MORE = {"shower"}
# So many people a name may mean are offered as buttons; the form has all others.
OFFERED_AT_MOST = 8
LABEL_LENGTH = 75
# What is typed for a name may be anything.
NAME_LENGTH = 80
NOTE_LENGTH = 200
GONE = "That is said already, or it is too long ago. `/thanks` opens the form."
OWN_MESSAGE = "That is your own message. /thanks is there for thanking somebody else."
MESSAGE_BY_APP = "That was written by an app. Is there a person behind it whom you would thank?"
MESSAGE_BY_GONE = "Whoever wrote that is no longer here. Is there somebody else to thank?"
NOT_LINKED = (
    "That message was written where not everybody reads, so it is not linked, and your thanks "
    "stay between you unless you choose otherwise below."
)
NOT_LINKED_TO_NAMELESS = (
    "That thread is about a problem without a name, so it is not linked, and your thanks stay "
    "between you unless you choose otherwise below."
)
HELP = (
    ("/thanks @ana @ben because you covered my class", "says it at once"),
    ("/thanks private @ana for listening", "for her eyes only"),
    ("/thanks", "the form, with a reason and a link"),
    ("/thanks journal", "what you received and gave"),
)


def written_before(note: Thanks) -> str:
    """Return, above the form for another note, that one waits already."""
    return (
        f"You have written a note already: “{plain_words_of(note, NOTE_LENGTH)}”. Another one "
        "arrives beside it; `/thanks journal` shows what you gave, where you can delete the first."
    )


def given_answer(facts: Facts, place_id: str, notes: Sequence[str] = ()) -> Message:
    """Tell the giver what was said to whom, and how to take it back.

    `facts` are those for the giver. `notes` are plain sentences about what went differently.
    """
    where = phrase("Kept between you: ") if facts.thanks.is_private else _said_in(place_id)
    first = phrase(where, line_of(facts))
    sentences = [*notes, _who_sees(facts), "You can undo or edit it for ten minutes."]
    rest = phrase(" ".join(one for one in sentences if one))
    return Message.of(
        [first.text, rest.text], [first.block, rest.block, _change_buttons(facts.thanks.id)]
    )


def note_kept(facts: Facts, shower: Shower, tz: str | None) -> Message:
    """Tell who wrote a note for a shower that it waits for its day."""
    first = phrase("Your note is kept: ", line_of(facts))
    rest = phrase(
        f"It arrives with the others, {in_words(shower.arrives_at, tz)}. Until then it is a "
        "surprise. You can undo or edit it for ten minutes."
    )
    return Message.of(
        [first.text, rest.text], [first.block, rest.block, _change_buttons(facts.thanks.id)]
    )


def to_people_only(called: str) -> str:
    """Return why a whole channel is not thanked."""
    return f"Thanks go to people, by name, and not to {called}."


def not_known(typed: str, place: str) -> str:
    """Return that a name is nobody's in that place."""
    shown = excerpt(typed, NAME_LENGTH)
    return f"I don’t know anybody called “{shown}” in {place}. Please choose who it is."


def group_unread(handle: str) -> str:
    """Return that a user group is empty, or cannot be looked into."""
    shown = excerpt(handle, NAME_LENGTH)
    return f"I find nobody to thank in {shown}. Please choose the people themselves."


def not_in_channel(channel_name: str) -> str:
    """Return that the card waits until the bot is in the channel again."""
    return (
        f"I am not in #{channel_name} at the moment; the card is posted as soon as somebody "
        "types /invite @Staffroom there."
    )


def quiet_note(names: Sequence[str]) -> str:
    """Return why thanks that were meant for all are kept between these people."""
    who = " and ".join(names) or "Whoever you thank"
    return f"{who} would rather have thanks between you, so no card is posted."


def guessed_note(guessed: Mapping[str, str]) -> str:
    """Return whom names were taken to mean; `guessed` are display names by what was typed."""
    return " ".join(f"I took “{typed}” to mean {name}." for typed, name in guessed.items())


def not_said(why: str, told: str, draft_id: int) -> Message:
    """Say why nothing was said, with the words kept below and a way to put it right."""
    first = phrase(f"{why} Nothing was said yet; your words are kept.")
    button = ButtonElement(text="Open the form", action_id=START, value=str(draft_id))
    blocks: list[Block] = [first.block, ActionsBlock(elements=[button])]
    return with_kept(Message.of([first.text], blocks), told)


def one_moment(draft_id: int) -> Message:
    """Tell that it takes longer than usual, with the words safe in a draft."""
    text = phrase(
        "One moment: Slack takes its time to say who they are. Your words are kept; if you hear "
        "nothing in a minute, they are in the form."
    )
    button = ButtonElement(text="Open the form", action_id=START, value=str(draft_id))
    return Message.of([text.text], [text.block, ActionsBlock(elements=[button])])


def who_is_meant(typed: str, people: Mapping[str, str], draft_id: int, told: str) -> Message:
    """Ask whom a name means; `people` are display names by member id."""
    shown = dict(list(people.items())[:OFFERED_AT_MOST])
    text = f"“{excerpt(typed, NAME_LENGTH)}” may be several people. Whom do you mean?"
    mentions = " ".join(mention(one) for one in shown)
    buttons = [
        ButtonElement(
            text=excerpt(name, LABEL_LENGTH),
            action_id=f"{CHOOSE}.{number}",
            value=_choice(draft_id, name=typed, member_id=member_id),
        )
        for number, (member_id, name) in enumerate(shown.items())
    ]
    form = ButtonElement(text="Somebody else", action_id=START, value=str(draft_id))
    pieces = [words(f"{text} ")]
    for member_id in shown:
        pieces += [*_person(member_id).pieces, words(" ")]
    asked = Message.of(
        [f"{phrase(text).text} {mentions}"],
        [paragraph(*pieces), ActionsBlock(elements=[*buttons, form])],
    )
    return with_kept(asked, told)


def which_community(choices: Sequence[Community], draft_id: int, told: str) -> Message:
    """Ask in which community thanks are to be seen."""
    text = phrase("In which community should colleagues see it?")
    buttons = [
        ButtonElement(
            text=excerpt(one.name, LABEL_LENGTH),
            action_id=f"{CHOOSE}.{number}",
            value=_choice(draft_id, community_id=one.id),
        )
        for number, one in enumerate(choices[:OFFERED_AT_MOST])
    ]
    form = ButtonElement(text="Open the form", action_id=START, value=str(draft_id))
    asked = Message.of([text.text], [text.block, ActionsBlock(elements=[*buttons, form])])
    return with_kept(asked, told)


def did_you_mean(typed: str, nearest: str, rest: str = "") -> Message:
    """Answer words that begin with almost one of ours; `rest` follows it, as Slack sent it."""
    shown = excerpt(typed, NAME_LENGTH)
    heading = phrase(f"I don’t know “{shown}”. Did you mean ", phrase(f"/thanks {nearest}"), "?")
    value = f"{nearest} {rest}".strip() if nearest in TAKE_MORE else nearest
    buttons = [
        ButtonElement(text=f"Yes, {nearest}", action_id=RUN, value=value),
        thank_button(),
    ]
    asked = Message.of([heading.text], [heading.block, ActionsBlock(elements=buttons)])
    return with_kept(asked, unescape(rest)) if rest else asked


def nobody_to_thank(why: str) -> Message:
    """Say why nobody can be thanked for a message, and how to thank somebody else."""
    text = phrase(why)
    return Message.of([text.text], [text.block, ActionsBlock(elements=[thank_button()])])


def thanks_help() -> Message:
    """Return what `/thanks` does, in a few lines with examples."""
    first = phrase("A kind word for something exact, in public or between you.")
    lines = phrase("\n".join(f"• {command}: {does}" for command, does in HELP))
    buttons = [thank_button(), ButtonElement(text="My journal", action_id=JOURNAL, value="")]
    return Message.of(
        [first.text, lines.text], [first.block, lines.block, ActionsBlock(elements=buttons)]
    )


def left_over(rest: str, most: int) -> Message:
    """Return, in private, the end of words that are too long for the form."""
    text = phrase(f"The form takes {most:,} characters. Here is the rest of your words:")
    return with_kept(Message.of([text.text], [text.block]), rest)


def _said_in(place_id: str) -> Phrase:
    return phrase("Said in ", _channel(place_id), ": ")


def _channel(place_id: str) -> Phrase:
    return Phrase((RichTextElementParts.Channel(channel_id=place_id),), f"<#{place_id}>")


def _person(member_id: str) -> Phrase:
    return Phrase((RichTextElementParts.User(user_id=member_id),), mention(member_id))


def _who_sees(facts: Facts) -> str:
    if not facts.thanks.is_private:
        return ""
    return "Only you two see it." if len(facts.receiver_ids) == 1 else "Only you and they see it."


def _change_buttons(thanks_id: int) -> ActionsBlock:
    return ActionsBlock(
        elements=[
            ButtonElement(text="Undo", action_id=UNDO, value=str(thanks_id)),
            ButtonElement(text="Edit", action_id=EDIT, value=str(thanks_id)),
        ]
    )


def _choice(draft_id: int, **facts: str | int) -> str:
    return json.dumps({"draft_id": draft_id} | facts, ensure_ascii=False)
