"""How the status looks: of the community for everybody, of the bot for whoever looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    SectionBlock,
)

from handlers.blocks.communities.helping import NAMED_AT_MOST, where_we_are
from handlers.blocks.message import Message
from handlers.blocks.text import escape, excerpt, mention, section
from models.communities import Community
from models.posts import Post
from models.runs import Run

TRY_AGAIN = "posts.try_again"
# What went wrong, in a line of the status.
RUN_LENGTH = 120
# What each tick of the timetable is for.
WORKS = {
    "keep_hangouts_going": "Planned hangouts and passed on free seats",
    "keep_consultancies_going": "Opened consultancies and moved them on",
    "ask_for_values": "Asked teachers what they saw in their pilots",
    "keep_thanks_going": "Delivered showers, asked communities whom they want to thank",
    "issue_digests": "Wrote the weekly digests",
    "write_personal": "Wrote weekly letters to those who want one",
    "write_to_facilitators": "Told facilitators what wants attention",
    "nudge": "Thought of colleagues nobody has thanked yet",
    "check_materials": "Asked whether materials still hold",
    "post_archives": "Wrote each quarter’s archive",
    "refresh_profiles": "Looked after names and time zones",
    "refresh_channels": "Looked after names and privacy of channels",
    "forget_nameless": "Looked for what is to be forgotten",
    "remove_old_records": "Removed records older than leads want to keep",
    "tidy_up": "Tidied up",
}


@dataclass(frozen=True)
class Works:
    """How the posts and the ticks stand, for whoever looks after the bot."""

    waiting: int
    failed: Sequence[Post]
    runs: Sequence[Run]
    now: datetime


def status_text(
    here: Community | None,
    *,
    mine: Sequence[Community] = (),
    is_direct: bool = False,
    works: Works | None = None,
    whom_to_ask: str = "",
) -> Message:
    """Return how things stand; `works` is left out for those who need not look after it.

    `whom_to_ask` are the names of leads, for a community that nobody facilitates.
    """
    shown = ([here] if here else mine)[:NAMED_AT_MOST]
    lines = "\n".join(_community_line(one, whom_to_ask) for one in shown)
    if here is None and (not is_direct or not mine):
        lines = f"{where_we_are(None, (), is_direct=is_direct)}\n{lines}".strip()
    blocks: list[Block] = [HeaderBlock(text="Status"), section(lines)]
    if works is None:
        return Message.of([lines], blocks)
    posts = _posts_line(works)
    runs = "\n".join(_run_line(run, works.now) for run in works.runs)
    blocks.append(SectionBlock(text=posts))
    if works.failed:
        button = ButtonElement(text="Try again", action_id=TRY_AGAIN, value="all")
        blocks.append(ActionsBlock(elements=[button]))
    if runs:
        blocks.append(ContextBlock(elements=[MarkdownTextObject(text=runs, verbatim=True)]))
    return Message.of([lines, posts, runs], blocks)


def _community_line(community: Community, whom_to_ask: str) -> str:
    people = ", ".join(mention(one) for one in community.facilitators)
    ask = f"; ask {escape(whom_to_ask)}" if whom_to_ask else ""
    run = f"facilitated by {people}" if people else f"nobody facilitates it now{ask}"
    return (
        f"*{escape(community.name)}* · {len(_present(community))} members · time zone "
        f"{community.tz} · {run}"
    )


def _present(community: Community) -> list[str]:
    return [one.member_id for one in community.memberships if one.left_at is None]


def _posts_line(works: Works) -> str:
    if not works.waiting and not works.failed:
        return "Everything I had to say is said."
    waiting = f"{works.waiting} to be said soon" if works.waiting else ""
    failed = f"{len(works.failed)} that Slack did not take" if works.failed else ""
    return f"Messages: {' · '.join(part for part in (waiting, failed) if part)}"


def _run_line(run: Run, now: datetime) -> str:
    what = WORKS.get(run.job, run.job.replace("_", " "))
    since = _ago(now - run.started_at)
    if run.error:
        return f"{what}: failed {since}, {escape(excerpt(run.error, RUN_LENGTH))}"
    return f"{what}: {since}" if run.seconds is not None else f"{what}: under way"


def _ago(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"
