"""Habits: what facilitators choose about a community’s thanks, and the usual where they did not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.errors import RuleError
from models.text import one_line
from models.thanks.customs import Customs
from models.thanks.thanks import EMOJI_LENGTH, REASON_LENGTH
from models.time import zone

USUAL_REASONS = (
    "Covered for me",
    "Shared a material",
    "Listened",
    "Asked a good question",
    "Tried it with me",
    "Cheered me up",
)
USUAL_EMOJI = "clap"
REASONS_AT_MOST = 15
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Slack names an emoji in small letters, and reactions come with these names.
_EMOJI_NAME = re.compile(r"[\w+'-]+")
_ALIASES = MappingProxyType({"thumbsup": "+1", "red_heart": "heart", "thank_you": "pray"})
# What phones type instead of a name.
_PICTURES = MappingProxyType(
    {
        "👏": "clap",
        "❤": "heart",
        "💛": "yellow_heart",
        "🙏": "pray",
        "👍": "+1",
        "🎉": "tada",
        "🙌": "raised_hands",
        "🌟": "star2",
        "⭐": "star",
        "💐": "bouquet",
        "🌻": "sunflower",
    }
)
# Slack's skin tones and the sign that asks for a picture; they belong to no name.
_SHADES = {0xFE0F: None} | dict.fromkeys(range(0x1F3FB, 0x1F400))


class ReasonsError(RuleError):
    """The list of reasons is too long, or one of them is."""

    field = "reasons"


class EmojiError(RuleError):
    """What was typed is no emoji's name."""

    field = "emoji"


class PromptError(RuleError):
    """A weekly prompt has a day and a time, or neither."""

    field = "prompt_at"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a facilitator chose. `prompt_weekday` counts from Monday as 0; `prompt_at` is local."""

    reasons: tuple[str, ...]
    emoji: str | None
    prompt_weekday: int | None
    prompt_at: time | None

    @classmethod
    def of(
        cls,
        *,
        reasons: str | None,
        emoji: str | None,
        prompt_weekday: int | None,
        prompt_at: time | None,
    ) -> Habits:
        """Return what a form says, cleaned; `reasons` is a text with one in each line.

        Without reasons the usual ones stay. Raises a RuleError that names the field at fault.
        """
        if (prompt_weekday is None) != (prompt_at is None):
            missing = "prompt_at" if prompt_at is None else "prompt_weekday"
            raise PromptError("Please choose both a day and a time, or neither.", field=missing)
        if prompt_weekday is not None and not 0 <= prompt_weekday < len(DAYS):
            raise PromptError("Please choose a day of the list.", field="prompt_weekday")
        return cls(
            reasons=reasons_in((reasons or "").splitlines()) or USUAL_REASONS,
            emoji=emoji_name(emoji or ""),
            prompt_weekday=prompt_weekday,
            prompt_at=prompt_at,
        )


def reasons_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the reasons, each once; raises ReasonsError when they are too many or too long."""
    found: dict[str, str] = {}
    for line in lines:
        if reason := one_line(line):
            found.setdefault(reason.casefold(), reason)
    long = next((one for one in found.values() if len(one) > REASON_LENGTH), None)
    if long is not None:
        raise ReasonsError(
            f"Please keep each under {REASON_LENGTH} characters: “{long}” is longer."
        )
    if len(found) > REASONS_AT_MOST:
        raise ReasonsError(f"Please keep it to {REASONS_AT_MOST} reasons; a short list helps most.")
    return tuple(found.values())


def emoji_name(typed: str) -> str | None:
    """Return the name Slack gives to a reaction with that emoji, or None when nothing was typed.

    ":clap:", ":clap::skin-tone-3:", "clap" and the picture itself are the same. Raises EmojiError.
    """
    bare = one_line(typed).translate(_SHADES).strip().strip(":").partition("::")[0]
    if not bare:
        return None
    name = _PICTURES.get(bare, bare.lower())
    if not _EMOJI_NAME.fullmatch(name) or len(name) > EMOJI_LENGTH:
        raise EmojiError("Please type one emoji by its name in Slack, such as :clap:.")
    return _ALIASES.get(name, name)


async def customs_of(session: AsyncSession, community_id: int) -> Customs:
    """Return the community's customs. Usual ones are in no database: change them with `change`."""
    known = await session.scalar(select(Customs).where(Customs.community_id == community_id))
    return known or Customs(
        community_id=community_id, reasons=list(USUAL_REASONS), emoji=USUAL_EMOJI
    )


async def change(
    session: AsyncSession, community: Community, habits: Habits, *, by: str, now: datetime
) -> Customs:
    """Keep what a facilitator chose, and plan the next prompt, also where prompts had paused.

    The community's row is locked, so that two who choose at once make one row.
    """
    customs = await customs_of(session, community.id)
    customs.reasons, customs.emoji = list(habits.reasons), habits.emoji
    customs.prompt_weekday, customs.prompt_at = habits.prompt_weekday, habits.prompt_at
    customs.unanswered, customs.paused_at = 0, None
    customs.changed_by, customs.changed_at = by, now
    customs.next_prompt_at = next_prompt(customs, community.tz, now)
    session.add(customs)
    await session.flush()
    return customs


def next_prompt(customs: Customs, tz: str, after: datetime) -> datetime | None:
    """Return the first moment of the weekly prompt after `after`, or None without one.

    The time is that of the clocks in `tz`. A time that they leave out is as much later as they
    leave out; of one that they show twice it is the first.
    """
    if customs.prompt_weekday is None or customs.prompt_at is None:
        return None
    today = after.astimezone(zone(tz)).date()
    ahead = (customs.prompt_weekday - today.weekday()) % len(DAYS)
    # The second week is for a prompt that was earlier today.
    for days in (ahead, ahead + len(DAYS)):
        local = datetime.combine(today + timedelta(days=days), customs.prompt_at, zone(tz))
        if (moment := local.astimezone(UTC)) > after:
            return moment
    return None


async def due(session: AsyncSession, now: datetime) -> Sequence[Customs]:
    """Return the customs whose prompt is due, those that wait longest first."""
    query = select(Customs).where(Customs.next_prompt_at <= now).order_by(Customs.next_prompt_at)
    return (await session.scalars(query)).all()


async def next_moment(session: AsyncSession, now: datetime) -> datetime | None:
    """Return when some community is prompted next."""
    query = select(func.min(Customs.next_prompt_at)).where(Customs.next_prompt_at > now)
    return await session.scalar(query)
