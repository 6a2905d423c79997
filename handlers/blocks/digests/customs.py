"""How the form looks in which facilitators choose when and where the digest comes."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement, InputBlock, Option
from slack_sdk.models.views import View

from handlers.blocks.digests.fields import DAYS, day_field, place_field, time_field
from handlers.blocks.digests.ids import CUSTOMS, PREVIEW
from handlers.blocks.digests.weekly import comes_words
from handlers.blocks.forms import carried
from handlers.blocks.hangouts.answers import in_lines
from handlers.blocks.hangouts.facts import moment_words, phrase
from handlers.blocks.message import Message
from handlers.blocks.text import first_upper, paragraph, plain, words
from models.communities import Community
from models.digests.customs import DigestCustoms
from models.digests.weekly import USUAL_AT, USUAL_WEEKDAY
from models.time import week_of

NEVER = "never"


def customs_form(community: Community, customs: DigestCustoms | None) -> View:
    """Return the form with what is chosen now, or with what suits most."""
    first = (
        f"Once a week I post one short message about {community.name}: open questions first, then "
        "what is new. Where nothing is new, I post nothing."
    )
    fields = [_day(customs), _time(customs)]
    if not community.is_private:
        fields.append(_place(community, customs))
    return View(
        type="modal",
        callback_id=CUSTOMS,
        title=plain("Weekly digest"),
        submit=plain("Keep"),
        close=plain("Not now"),
        blocks=[paragraph(words(first)), *fields],
        private_metadata=carried(community_id=community.id),
    )


def _day(customs: DigestCustoms | None) -> InputBlock:
    return day_field(
        customs.weekday if customs else USUAL_WEEKDAY,
        "Holidays and days off in the plan of hangouts have none.",
        [Option(value=NEVER, text=plain("No digest"))],
    )


def _time(customs: DigestCustoms | None) -> InputBlock:
    at = customs.at if customs else USUAL_AT
    return time_field(at, "By the clocks of the community.", is_optional=True)


def _place(community: Community, customs: DigestCustoms | None) -> InputBlock:
    chosen = customs.channel_id if customs else None
    elsewhere = "In another channel I leave out what only members of the community see."
    return place_field(chosen or community.channel_id, elsewhere, is_optional=True)


def customs_kept(community: Community, customs: DigestCustoms) -> Message:
    """Tell a facilitator what holds from now on."""
    comes = comes_words(community, customs)
    if customs.weekday is None or customs.next_at is None:
        return in_lines([phrase("Kept. ", comes)], [])
    often = f"each {DAYS[customs.weekday]} at {customs.at:%H:%M}, when there is something new."
    if customs.next_at != customs.moment_in(week_of(customs.next_at, community.tz), community.tz):
        # The day or hour that was chosen is over in this week, which keeps its own.
        last = moment_words(customs.next_at, community.tz)
        comes = phrase("This week’s still comes on ", last, f". After that it comes {often}")
        often = ""
    see = ButtonElement(text="How it would look", action_id=PREVIEW, value=str(community.id))
    kept = f"Kept. {first_upper(often)}".rstrip()
    return in_lines([phrase(kept), comes], [see])
