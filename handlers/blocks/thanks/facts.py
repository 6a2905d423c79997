"""The words that all drawings of thanks share: who thanks whom, for what and because of what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import RichTextElementParts

from handlers.blocks.hangouts.facts import Phrase, linked, phrase
from handlers.blocks.pilots.facts import typed
from handlers.blocks.text import excerpt, first_upper, mention
from models.thanks.pointing import Pointer
from models.thanks.thanks import About, Thanks

# So many of those who second are named, the others only mentioned: nobody counts them.
SECONDERS_NAMED = 5
POINTED_LENGTH = 80
# The word that somebody put before their words; it is kept with them.
_LED = re.compile(r"(?:for|because)\b", re.IGNORECASE)
_BECAUSE = re.compile(r"because\b", re.IGNORECASE)
# What somebody does, as a form's field asks for it; before anything else we put no word of ours.
_DOING = re.compile(r"(?!(?:\w*thing|morning|evening|during)\b)\w{2,}ing\b", re.IGNORECASE)
_ENDS = re.compile(r"[.\s]+$")
_POINTS = {
    About.PROBLEM: "About ",
    About.HANGOUT: "At the ",
    About.PILOT: "About ",
    About.MATERIAL: "About ",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Thanks as one reader may know them; `reader_id` is "" for their whole community.

    `names` are display names by member id; `receiver_ids` come in the order they were thanked,
    `seconder_ids` in the order they joined in. `pointer` and `source_url` lead to what it is linked
    to and to the message that gave rise to it, where the reader may see these.
    """

    thanks: Thanks
    names: Mapping[str, str] = field(default_factory=dict)
    receiver_ids: Sequence[str] = ()
    seconder_ids: Sequence[str] = ()
    pointer: Pointer | None = None
    source_url: str | None = None
    reader_id: str = ""

    def person(self, member_id: str, *, bold: bool = False) -> Phrase:
        """Return "you" for the reader, else a name; Slack fills in one that we do not know yet."""
        if member_id == self.reader_id:
            return phrase("you", bold=bold)
        if name := self.names.get(member_id):
            return phrase(name, bold=bold)
        return Phrase((RichTextElementParts.User(user_id=member_id),), mention(member_id))

    def name(self, member_id: str) -> str:
        """Return a name where Slack fills in none, such as in a form."""
        return self.names.get(member_id, "a colleague")


def line_of(facts: Facts) -> Phrase:
    """Return all of it in one line: "Ana thanks Ben: for … — because …"."""
    leads_on = ", " if _BECAUSE.match(facts.thanks.text) else ": "
    return phrase(who_of(facts), leads_on, words_of(facts.thanks))


def who_of(facts: Facts) -> Phrase:
    """Return who thanks whom, both in bold."""
    giver_id = facts.thanks.giver_id
    if giver_id == facts.reader_id:
        return phrase(phrase("You", bold=True), " thank ", receivers_of(facts))
    giver = facts.person(giver_id, bold=True)
    if name := facts.names.get(giver_id):
        giver = phrase(first_upper(name), bold=True)
    return phrase(giver, " thanks ", receivers_of(facts))


def receivers_of(facts: Facts) -> Phrase:
    """Return everybody who is thanked, by name; whoever reads it comes first, as "you"."""
    who = sorted(facts.receiver_ids, key=lambda one: one != facts.reader_id)
    return joined([facts.person(one, bold=True) for one in who])


def words_of(thanks: Thanks) -> Phrase:
    """Return what was written, as one sentence: "for … — because …"."""
    lead, text, because, effect = _parts(thanks)
    return phrase(lead, typed(text), because, typed(effect) if effect else "")


def plain_words_of(thanks: Thanks, length: int) -> str:
    """Return the same in one line of at most `length` characters, where nothing is formatted."""
    return excerpt("".join(_parts(thanks)), length)


def _parts(thanks: Thanks) -> tuple[str, str, str, str]:
    """Return our words and the giver's by turns, so that they read as one sentence."""
    text, effect = thanks.text, thanks.effect or ""
    is_doing, says_why = bool(_DOING.match(text)), bool(_BECAUSE.match(text))
    # Only the first letter of a sentence was one; names and abbreviations stay as they are.
    if (is_doing or _LED.match(text)) and not text[1:2].isupper():
        text = text[0].lower() + text[1:]
    lead = "for " if is_doing else ""
    if not effect:
        return lead, text, "", ""
    because = " — " if says_why else " — because "
    if _BECAUSE.match(effect):
        because, effect = " — ", effect[0].lower() + effect[1:]
    return lead, _ENDS.sub("", text) or text, because, effect


def seconded_of(facts: Facts) -> str:
    """Return who says the same, by name and never by number; "" while nobody does."""
    named = [facts.name(one) for one in facts.seconder_ids[:SECONDERS_NAMED]]
    if not named:
        return ""
    if len(facts.seconder_ids) > SECONDERS_NAMED:
        return f"Seconded by {', '.join(named)} and others"
    *before, last = named
    return f"Seconded by {', '.join(before)} and {last}" if before else f"Seconded by {last}"


def pointed_of(facts: Facts) -> list[Phrase]:
    """Return the ways to what it is linked to, as far as the reader may go there."""
    lines = []
    if pointer := facts.pointer:
        title = excerpt(pointer.title, POINTED_LENGTH)
        lines.append(phrase(_POINTS[pointer.kind], linked(title, pointer.url)))
    if facts.source_url:
        lines.append(phrase("It began with ", linked("this message", facts.source_url)))
    return lines


def joined(people: Sequence[Phrase]) -> Phrase:
    """Return them as they are said: "Ana", "Ana and Ben", "Ana, Ben and Chris"."""
    if not people:
        return phrase("a colleague")
    *before, last = people
    parts: list[str | Phrase] = []
    for number, one in enumerate(before):
        parts += [", ", one] if number else [one]
    return phrase(*parts, " and " if before else "", last)
