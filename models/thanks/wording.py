"""The words of thanks: what has to be there, and how long it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.errors import RuleError
from models.text import clean, one_line
from models.thanks.thanks import REASON_LENGTH

# Characters. Two minutes of writing; what is longer is a letter.
TEXT_LENGTH = 500
EFFECT_LENGTH = 500

# What calls a whole channel, as it is typed and as Slack writes it.
TO_ALL = re.compile(r"(?<![\w@])@(?:channel|here|everyone)\b|<!(?:channel|here|everyone)", re.I)
# An emoji by its name, and the digits that a keycap emoji is made of.
_EMOJI = re.compile(r":[\w+'-]+:|[0-9#*]\ufe0f?\u20e3")
# What leads on to the words; alone it says nothing yet.
_LEAD = re.compile(r"\s*(?:for|because)\b", re.I)


class EmptyThanksError(RuleError):
    """It does not say what for, or only with an emoji."""

    field = "text"


class TooLongThanksError(RuleError):
    """More text than fits on a card that is read at a glance."""


class CallsEverybodyError(RuleError):
    """It would call a whole channel."""


class ReasonError(RuleError):
    """A reason that is none of a community's list: those are short."""

    field = "reason"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Everything a member writes to thank somebody, cleaned and within its limits.

    Thank you (`text`) because (`effect`); a "for" or "because" typed before `text` stays with it.
    `reason` is a word of the community's list.
    """

    text: str
    effect: str | None = None
    reason: str | None = None

    @classmethod
    def of(
        cls, *, text: str | None, effect: str | None = None, reason: str | None = None
    ) -> Wording:
        """Return what was typed, fit to keep; raises a RuleError that names the field at fault."""
        objection = objection_to(text=text, effect=effect, reason=reason)
        if objection is not None:
            raise objection
        return cls(
            text=clean(text or ""),
            effect=clean(effect or "") or None,
            reason=one_line(reason or "") or None,
        )

    @property
    def everything(self) -> str:
        """All of the text, for a look at what it may give away."""
        return "\n".join(part for part in (self.text, self.effect) if part)


def objection_to(
    *, text: str | None, effect: str | None = None, reason: str | None = None
) -> RuleError | None:
    """Return why these words cannot be kept, or None; the error names the field at fault."""
    said, because = clean(text or ""), clean(effect or "")
    if not says_something(_LEAD.sub("", said, count=1)):
        sentence = "an emoji alone leaves them guessing" if said else "a few words are plenty"
        return EmptyThanksError(f"Please say what you are thankful for: {sentence}.")
    for field, words, most in (("text", said, TEXT_LENGTH), ("effect", because, EFFECT_LENGTH)):
        if len(words) > most:
            return TooLongThanksError(
                f"This is {len(words):,} characters long and {most:,} fit here. "
                "Please shorten it a little.",
                field=field,
            )
        if called := TO_ALL.search(words):
            return CallsEverybodyError(
                f"Thanks call nobody but those you thank. Please leave {_as_typed(called)} out.",
                field=field,
            )
    if len(one_line(reason or "")) > REASON_LENGTH:
        return ReasonError("Please choose one of the reasons in the list.")
    return None


def says_something(text: str) -> bool:
    """Say whether there is a word in it, in any script, and not only emoji and signs."""
    return any(char.isalnum() for char in _EMOJI.sub(" ", text))


def _as_typed(called: re.Match[str]) -> str:
    return "@" + called[0].lstrip("<!@")
