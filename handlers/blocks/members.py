"""How a member's own settings look."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from slack_sdk.models.blocks import (
    ButtonElement,
    CheckboxesElement,
    ContextBlock,
    DatePickerElement,
    InputBlock,
    MarkdownTextObject,
    Option,
    SectionBlock,
    TimePickerElement,
)
from slack_sdk.models.views import View

from handlers.blocks.forms import TextField, TickField
from handlers.blocks.message import Message
from handlers.blocks.silence import SILENCE, SILENT
from handlers.blocks.text import paragraph, words
from handlers.blocks.text import plain as plain_text
from models.members import SCHOOL_LENGTH, SWITCHES, Member

SETTINGS = "members.settings"
# Switches off the kind of letters it stands under; its value is the switch's name.
MUTE = "members.mute"
# What each switch is called; the keys are models.members.SWITCHES.
LETTERS = {
    "hangouts.reminders": "A hangout I come to is near",
    "hangouts.seats": "A seat to present is free for me",
    "hangouts.changes": "A hangout I come to is moved or called off",
    "hangouts.afterwards": "A hangout is over: did I come, what became of it",
    "hangouts.facilitating": "I lead a hangout: the brief, swaps, notes",
    "consultancies.questions": "Colleagues asked questions about what I presented",
    "problems.answers": "Colleagues answered my problem",
    "problems.offers": "A colleague can help with my problem",
    "problems.changes": "A colleague edited, resolved or deleted my problem",
    "pilots.asks": "It is time for a pilot’s value or decision",
    "pilots.news": "My pilot inspired or delighted somebody",
    "thanks.receiving": "Somebody thanks me",
    "thanks.ideas": "There is a colleague I may want to thank",
    "thanks.showers": "My community writes notes for one of us",
    "materials.news": "Colleagues used, or built upon, a material of mine",
    "materials.checks": "A material of mine is a year old: does it still hold?",
    "digests.facilitating": "A community I look after wants attention",
    "posts.trouble": "Something could not be posted",
}
# Slack takes ten boxes in one field (slack-facts 1.3), so there are three: the name of each, what
# it says, and the beginnings of the switches in it.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "wanted_of_hangouts": ("Hangouts: write to me when", ("hangouts", "consultancies")),
        "wanted_of_thanks": (
            "Thanks and materials: write to me when",
            ("thanks", "materials"),
        ),
        "wanted_otherwise": (
            "Problems, pilots and the rest: write to me when",
            ("problems", "pilots", "digests", "posts"),
        ),
    }
)
SCHOOL = TextField(
    name="school",
    label="My school",
    max_length=SCHOOL_LENGTH,
    placeholder="Lincoln High",
    hint="It stands beside the pilots you share.",
    is_optional=True,
)
QUIET_THANKS = TickField(
    name="thanked_quietly",
    label="When colleagues thank me",
    choice="Keep thanks to me between us",
    hint="They are not announced in any channel, and nobody else sees them.",
)
SUBJECTS = TextField(
    name="subjects",
    label="What I teach",
    max_length=SCHOOL_LENGTH,
    placeholder="Math, physics",
    is_optional=True,
)
GRADES = TextField(
    name="grades",
    label="Grades",
    max_length=SCHOOL_LENGTH,
    placeholder="9 and 10",
    hint="Only you and your data export show what you teach.",
    is_optional=True,
)
OWN_DIGEST = TickField(
    name="has_digest",
    label="Once a week",
    choice="Write me what concerns me in all my communities",
    hint="On Monday morning, when there is something to tell.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHOOSE = "Choose when and what I write to you."
WAITING = (
    "What comes in your quiet hours, on days off or while you are away waits until they are over. "
    "What is of no use by then is left out."
)
# What is said when one of them is switched off, and where the same can still be seen.
_MUTED = {
    "hangouts.reminders": "I won’t remind you of hangouts any more. `/hangout` shows yours.",
    "hangouts.seats": "I won’t tell you of free seats any more. `/hangout` shows where you stand.",
    "hangouts.changes": "I won’t tell you any more when a hangout is moved or called off. "
    "The schedule in the channel still does.",
    "hangouts.afterwards": "I won’t ask you any more after a hangout.",
    "hangouts.facilitating": "I won’t write to you any more about hangouts you lead.",
    "consultancies.questions": "I won’t tell you of questions any more. They are in the thread.",
    "problems.answers": "I won’t tell you of answers any more. The card still counts them.",
    "problems.offers": "I won’t tell you of offers any more. The card still shows who can help.",
    "problems.changes": "I won’t tell you any more when a colleague changes a problem of yours.",
    "pilots.asks": "I won’t ask you for values any more. `/pilot log` notes them all the same.",
    "pilots.news": "I won’t tell you any more what others make of your pilots.",
    "thanks.receiving": "I won’t write to you any more when somebody thanks you. "
    "`/thanks journal` keeps it all, and lets you keep it private. Tick “Keep thanks to me "
    "between us” in the settings if you would rather not be thanked in public.",
    "thanks.ideas": "I won’t suggest any more whom to thank.",
    "thanks.showers": "I won’t invite you any more to write notes for a colleague.",
    "materials.news": "I won’t tell you any more what others do with your materials. "
    "`/material mine` shows it.",
    "materials.checks": "I won’t ask you any more whether your materials still hold.",
    "digests.facilitating": "I won’t send you the weekly list of what wants attention any more.",
    "posts.trouble": "I won’t tell you any more when something could not be posted.",
}


def mute_button(switch: str) -> ButtonElement:
    """Return the button that switches off the letters it stands under; `switch` names them."""
    return ButtonElement(text="Stop telling me", action_id=MUTE, value=switch)


def muted(switch: str) -> Message:
    """Tell a member that the button worked."""
    text = f"{_MUTED[switch]} `/staffroom settings` brings such letters back."
    return Message.of([text], [paragraph(words(text.replace("`", "")))])


def settings_form(member: Member, now: datetime) -> View:
    """Return the form in which a member chooses when and what to hear from the bot."""
    zone = f"Your time zone is {member.tz}, as in your Slack profile." if member.tz else ""
    return View(
        type="modal",
        callback_id=SETTINGS,
        title="My settings",
        submit="Keep",
        close="Not now",
        blocks=[
            SectionBlock(text=f"{SILENCE if member.is_silent else CHOOSE} Only you see this."),
            SILENT.drawn(is_ticked=bool(member.is_silent)),
            *[_switches(group, member.muted) for group in GROUPS],
            OWN_DIGEST.drawn(is_ticked=bool(member.has_digest)),
            QUIET_THANKS.drawn(is_ticked=bool(member.is_thanked_quietly)),
            _time_field("quiet_from", "Quiet from", member),
            _time_field("quiet_until", "Quiet until", member),
            _days_off(member),
            _date_field("away_from", "Away from", member, now),
            _date_field("away_until", "Away until, that day included", member, now),
            SCHOOL.drawn(member.school),
            SUBJECTS.drawn(member.subjects),
            GRADES.drawn(member.grades),
            ContextBlock(elements=[MarkdownTextObject(text=f"{zone} {WAITING}".strip())]),
        ],
    )


def switches_in(group: str) -> list[str]:
    """Return the switches that stand in one field of the form."""
    _, beginnings = GROUPS[group]
    return [name for name in SWITCHES if name.partition(".")[0] in beginnings]


def _switches(group: str, muted: Sequence[str]) -> InputBlock:
    options = [Option(value=one, text=plain_text(LETTERS[one])) for one in switches_in(group)]
    wanted = [option for option in options if option.value not in muted]
    label, _ = GROUPS[group]
    return InputBlock(
        block_id=group,
        label=label,
        optional=True,
        element=CheckboxesElement(action_id=group, options=options, initial_options=wanted or None),
    )


def _time_field(name: str, label: str, member: Member) -> InputBlock:
    chosen = getattr(member, name)
    return InputBlock(
        block_id=name,
        label=label,
        optional=True,
        element=TimePickerElement(
            action_id=name,
            placeholder="18:00" if name == "quiet_from" else "07:00",
            initial_time=f"{chosen:%H:%M}" if chosen else None,
        ),
    )


def _days_off(member: Member) -> InputBlock:
    options = [Option(value=str(number), text=plain_text(day)) for number, day in enumerate(DAYS)]
    chosen = [options[day] for day in member.days_off or ()]
    return InputBlock(
        block_id="days_off",
        label="Days on which I write nothing unasked",
        optional=True,
        element=CheckboxesElement(
            action_id="days_off", options=options, initial_options=chosen or None
        ),
    )


def _date_field(name: str, label: str, member: Member, now: datetime) -> InputBlock:
    # Days that are over are not shown, so that keeping the form forgets them.
    chosen = None if member.was_away(now) else getattr(member, name)
    return InputBlock(
        block_id=name,
        label=label,
        optional=True,
        element=DatePickerElement(
            action_id=name, initial_date=chosen.isoformat() if chosen else None
        ),
    )
