"""Opening: from a command, a button or a draft to the form in which a material is saved.

/material URL [TITLE]    the form, with the link and the title in it; also with a title alone
/material                the empty form
[Save a material]        the form, perhaps for a remix, or for something it will stand beside
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import process
from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.blocks.forms import carried
from handlers.blocks.materials.forms import save_form, save_form_at_once
from handlers.blocks.materials.ids import SAVE
from handlers.blocks.materials.saving import did_you_mean, left_over
from handlers.blocks.text import excerpt, unescape
from handlers.materials.filling import CARRIED
from handlers.materials.listing import WORDS
from handlers.request import Forms, Reply, Where, facts_in
from models.communities import Community
from models.database import Database
from models.drafts import Draft
from models.errors import RuleError
from models.ids import id_from
from models.materials import finding, saving
from models.materials.likeness import kind_of
from models.materials.links import Link, begins_like_a_link
from models.materials.material import Material
from models.materials.wording import LENGTHS
from models.text import clean

# rapidfuzz gives 0 to 100; a single word this near to one of ours was hardly meant as a title.
NEAR_ENOUGH = 75
# Where more follows it may well be a title, such as "Fine motor skills", so it has to be nearer.
NEARER = 85
WITH_MORE = ("find", "show")
# What a remix takes over from what it is made from: all but the link, the title and the licence.
TAKEN_OVER = ("kind", "subject", "grades", "minutes")


def register(app: Any) -> None:
    app.command("/material")(open_with_link)
    app.action(SAVE)(open_from_button)


async def open_with_link(
    ack: AsyncAck, body: dict[str, Any], where: Where, forms: Forms, reply: Reply
) -> None:
    """Open the form with what was typed; a word that is nearly one of ours is asked about."""
    await ack()
    text = clean(unescape(str(body.get("text") or "")))
    if meant := _meant(text):
        await reply(did_you_mean(text, meant))
        return
    await open_form(where, forms, typed_in(text))


async def open_from_button(
    ack: AsyncAck,
    action: dict[str, Any],
    member_id: str,
    db: Database,
    where: Where,
    forms: Forms,
) -> None:
    """Open the form with what the button stands for: a draft, a remix, a place, or nothing."""
    await ack()
    value = str(action.get("value") or "")
    if draft_id := id_from(value):
        async with db() as session:
            draft = await Draft.of(session, draft_id, member_id)
        typed = draft.fields | {"draft_id": draft.id} if draft else {}
        await open_form(where, forms, typed)
        return
    facts = facts_in(value)
    asked = {name: id_from(facts.get(name)) for name in ("remix_of_id", "community_id")}
    typed = {name: number for name, number in asked.items() if number}
    if facts.get("about_kind"):
        typed["about"] = f"{facts['about_kind']}:{id_from(facts.get('about_id'))}"[:40]
    notices = []
    if typed.get("remix_of_id"):
        async with db() as session:
            origin = await finding.seen_by(session, typed["remix_of_id"], member_id)
        typed |= taken_over(origin)
        notices = [f"Built on “{origin.title}”, which its card and yours will say."]
    await open_form(where, forms, typed, notices=notices)


async def open_form(
    where: Where, forms: Forms, typed: Mapping[str, Any], *, notices: Sequence[str] = ()
) -> None:
    """Open the form; without a trigger a draft keeps what was `typed`, and a button opens it.

    `typed` are answers by field and what the form carries (filling.CARRIED). Raises
    NoCommunityError, with what was typed.
    """
    communities = await _communities(where, id_from(typed.get("community_id")))
    if not communities:
        raise await where.nothing_here(f"{typed.get('url') or ''} {typed.get('title') or ''}")
    only = communities[0].id if len(communities) == 1 else None
    facts = {name: typed.get(name) for name in CARRIED}
    metadata = carried(**facts | {"community_id": only, "asked_in": where.channel_id})
    notices = [*notices, *await notices_about(where, typed)]
    view = _form(communities, typed, metadata, notices)
    is_open = await forms.open(view, opener=SAVE, typed=dict(typed))
    if is_open and (rest := _too_long(typed)):
        await forms.reply(left_over(rest))


def _form(
    communities: Sequence[Community],
    typed: Mapping[str, Any],
    metadata: str,
    notices: Sequence[str],
) -> View | dict[str, Any]:
    """Return the form; where little is typed, the one that is drawn once for the place."""
    place = f"#{communities[0].channel_name}" if len(communities) == 1 else None
    if len(str(typed.get("url") or "")) > LENGTHS["url"]:
        # Half a link would lead elsewhere.
        typed = {**typed, "url": None}
    at_once = None
    if place and not notices:
        at_once = save_form_at_once(place=place, typed=typed, metadata=metadata)
    return at_once or save_form(
        typed=typed, metadata=metadata, communities=communities, notices=notices
    )


def _meant(text: str) -> str | None:
    """Return what the command's own words may stand for, if one of them is nearly typed."""
    word, _, rest = text.partition(" ")
    words, enough = (WITH_MORE, NEARER) if rest else (WORDS, NEAR_ENOUGH)
    near = process.extractOne(word.casefold(), words, score_cutoff=enough)
    return f"{near[0]} {rest}".strip() if near else None


def typed_in(text: str) -> dict[str, Any]:
    """Return where the words of a command go: a link, what follows is its title."""
    first, *rest = text.split(maxsplit=1) or [""]
    if not begins_like_a_link(first):
        return {"title": text} if text else {}
    title = rest[0].strip() if rest else ""
    typed = {"url": first, "title": title, "kind": kind_of(first) or kind_of(title)}
    return {name: words for name, words in typed.items() if words}


def taken_over(origin: Material) -> dict[str, Any]:
    """Return what stands in the form for a remix already."""
    there = {name: getattr(origin, name) for name in TAKEN_OVER}
    words = {name: str(fact) for name, fact in there.items() if fact}
    return words | {"topics": ", ".join(origin.topics), "circle": origin.circle}


async def notices_about(where: Where, typed: Mapping[str, Any]) -> list[str]:
    """Return what is to be known of a link before somebody fills in all the rest."""
    try:
        link = Link.of(str(typed["url"])) if typed.get("url") else None
    except RuleError as error:
        return [f"About the link: {error}"]
    if link is None:
        return []
    async with where.db() as session:
        twin = await saving.seen_twin(session, link.key, where.member_id)
    if twin is None:
        return []
    return [
        f"“{excerpt(twin.title, LENGTHS['title'])}” has this link already. Press Save as it is, "
        "and you can add a note to that one."
    ]


def _too_long(typed: Mapping[str, Any]) -> str:
    """Return what no field can hold whole; the fields show its beginning."""
    long = [str(typed.get(name) or "") for name in ("url", "title")]
    most = (LENGTHS["url"], LENGTHS["title"])
    return "\n".join(text for text, fits in zip(long, most, strict=True) if len(text) > fits)


async def _communities(where: Where, wanted: int | None) -> list[Community]:
    """Return the community that is meant, or all the member is in."""
    choices = await where.choices()
    if len(choices) == 1 and not choices[0].has_member(where.member_id):
        # Whoever types in the channel is in it, also when we missed that they joined.
        return [await where.community()]
    return [one for one in choices if one.id == wanted] or choices
