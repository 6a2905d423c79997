"""What one can do in the page, each through the hands of a person, so that it is all real."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.hands import Reply
from bot.sandbox.page import filling_in
from bot.sandbox.page.filling_in import CannotError
from bot.sandbox.refusals import Refused

if TYPE_CHECKING:
    from bot.sandbox.page import Page
    from bot.sandbox.page.sharing import NamedContent
    from bot.sandbox.people import Person
    from bot.sandbox.places import Json

Act = Callable[["Page", "Person", "Json"], Awaitable["Json | None"]]


async def perform(page: Page, act: Json) -> Json:
    """Do one act and return {"ok", "error", …}; `errors` are those beside a form's fields.

    `error` is Slack's code when the bot did not answer, otherwise a sentence for the person.
    """
    person = _person(page, act)
    does = ACTS.get(str(act.get("type")))
    if person is None or does is None:
        return {"ok": False, "error": f"nobody can do this: {act.get('type')}"}
    try:
        return {"ok": True} | (await does(page, person, act) or {})
    except Refused as refused:
        return {"ok": False, "error": str(refused), "errors": refused.errors or None}
    except CannotError as cannot:
        return {"ok": False, "error": str(cannot)}
    except (KeyError, TypeError, ValueError) as wrong:
        return {"ok": False, "error": f"the act is not complete: {wrong!r}"}


async def share_files(page: Page, place: Json, files: list[NamedContent]) -> Json:
    """Take a person's files in; with a channel in `place` they are shown there with a text."""
    person = _person(page, place)
    if person is None or not files:
        return {"ok": False, "error": "Choose a file first."}
    uploads = [await person.uploads(name, content) for name, content in files]
    kept = [{"id": upload.id, "name": upload.name} for upload in uploads]
    if not place.get("channel"):
        return {"ok": True, "files": kept}
    ids = tuple(upload.id for upload in uploads)
    text, thread_ts = place.get("text", ""), place.get("thread")
    try:
        await person.types(place["channel"], text, thread_ts=thread_ts, files=ids)
    except Refused as refused:
        return {"ok": False, "error": str(refused)}
    return {"ok": True, "files": kept}


def _person(page: Page, act: Json) -> Person | None:
    user = page.workspace.users.get(str(act.get("as")))
    return page.workspace.person(user.id) if user and not user.is_bot else None


def _answered(reply: Reply) -> Json:
    """Return what the person is shown: nothing, or Slack's code for a bot that did not answer."""
    return {"ok": reply.acked and reply.error is None, "error": reply.error}


async def _types(_: Page, person: Person, act: Json) -> Json | None:
    text = str(act["text"])
    reply = await person.types(act["channel"], text, thread_ts=act.get("thread"))
    # A message stands whether the bot heard of it or not; a command without an answer failed.
    return _answered(reply) if text.startswith("/") else None


async def _presses(_: Page, person: Person, act: Json) -> Json:
    filling_in.write_down(person, act, skip=(act["block_id"], act["action_id"]))
    where = filling_in.place_of(person, act)
    chosen: Any = act.get("answer")
    reply = await person.presses(act["action_id"], block_id=act["block_id"], option=chosen, **where)
    return _answered(reply)


async def _searches(_: Page, person: Person, act: Json) -> Json:
    where = filling_in.place_of(person, act)
    # The home is a view as well; only `searches` has no word of its own for it.
    where = {"view": person.home} if where.pop("home", False) else where
    reply = await person.searches(act["action_id"], str(act["value"]), **where)
    return _answered(reply) | (reply.payload or {})


async def _submits(_: Page, person: Person, act: Json) -> Json:
    view = filling_in.view_of(person, act["view"])
    filling_in.write_down(person, act)
    reply = await person.submits(view, **filling_in.answers_by_block(view, act["answers"]))
    payload = reply.payload if isinstance(reply.payload, dict) else {}
    return _answered(reply) | {"errors": payload.get("errors")}


async def _closes(_: Page, person: Person, act: Json) -> None:
    """Close a form; with `all` also those it lies upon, as the × in Slack's corner does."""
    view = filling_in.view_of(person, act["view"])
    for one in reversed(person.views) if act.get("all") else [view]:
        if not one.get("closed"):
            await person.closes(one)


async def _uses_shortcut(_: Page, person: Person, act: Json) -> Json:
    message = filling_in.message_of(person, act) if act.get("ts") else None
    return _answered(await person.uses_shortcut(act["callback_id"], message=message))


async def _opens_bot(_: Page, person: Person, act: Json) -> None:
    await (person.opens_home() if act["tab"] == "home" else person.opens_messages())


async def _edits(_: Page, person: Person, act: Json) -> None:
    await person.edits(filling_in.message_of(person, act), act["text"])


async def _deletes(_: Page, person: Person, act: Json) -> None:
    await person.deletes(filling_in.message_of(person, act))


async def _reacts(_: Page, person: Person, act: Json) -> None:
    await person.reacts(filling_in.message_of(person, act), act["name"])


async def _unreacts(_: Page, person: Person, act: Json) -> None:
    await person.unreacts(filling_in.message_of(person, act), act["name"])


async def _joins(_: Page, person: Person, act: Json) -> None:
    await person.joins(act["channel"])


async def _leaves(_: Page, person: Person, act: Json) -> None:
    await person.leaves(act["channel"])


async def _invites(_: Page, person: Person, act: Json) -> None:
    await person.invites(act["user"], act["channel"])


async def _reads(page: Page, person: Person, act: Json) -> None:
    page.read.mark(person.id, person.channel(act["channel"]))
    page.workspace.tell("read", user=person.id, channel=act["channel"])


async def _moves_clock(page: Page, _: Person, act: Json) -> Json:
    if act.get("to") == "next_due":
        due = await page.next_due()
        if due is None:
            raise CannotError("Nothing is due.")
        by = due - page.clock()
    else:
        by = timedelta(seconds=float(act["seconds"]))
    # A clock that went back would make later messages stand before earlier ones.
    await page.move_clock(max(by, timedelta()))
    return {"now": page.clock().isoformat()}


ACTS: dict[str, Act] = {
    "type": _types,
    "press": _presses,
    "suggest": _searches,
    "submit": _submits,
    "close": _closes,
    "shortcut": _uses_shortcut,
    "home": _opens_bot,
    "edit": _edits,
    "delete": _deletes,
    "react": _reacts,
    "unreact": _unreacts,
    "join": _joins,
    "leave": _leaves,
    "invite": _invites,
    "read": _reads,
    "move_clock": _moves_clock,
}
