"""Carrying one post: looked for if need be, drawn, said once, and what came of it written down."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.files import Files
from bot.held import Drawing, Held, until_it_works
from bot.outcomes import Gone, Later, Outcome, Refused, Said, Unclear
from bot.showing import Showing
from handlers.posts import PostKind
from models.claims import Claim
from models.database import Database
from models.members import Member
from models.pictures import wants_its_picture
from models.posts import DROPPED, GONE, LONGEST_HOLD, MISSED, Post
from models.time import Clock

logger = logging.getLogger(__name__)

# Seconds to wait after an unclear outcome: whoever asks at once may ask before Slack has stored it.
BACKOFF = (3, 6, 15, 30, 60, 120, 300)
DRAWS_AT_MOST = 6
# A newer version of the program wrote it and will carry it; we look again in case there is none.
LEFT_FOR_NEWER = timedelta(minutes=1)

Trouble = Callable[[Post, str], Awaitable[None]]


class Carrier:
    """Carries claimed posts, each by itself. `name` is the postman's, whose claims they are."""

    def __init__(
        self,
        name: str,
        db: Database,
        showing: Showing,
        clock: Clock,
        kinds: Mapping[str, PostKind],
        when_refused: Trouble,
    ) -> None:
        self._name = name
        self._db = db
        self._showing = showing
        self._delivery = showing.delivery
        self._files = Files(showing.delivery)
        self._clock = clock
        self._kinds = kinds
        self._when_refused = when_refused
        self._says_again_at: datetime | None = None
        self._redraws_again_at: datetime | None = None

    @property
    def may_say(self) -> bool:
        """Whether Slack accepts the bot's token, as far as we know."""
        return not self._is_ahead(self._says_again_at)

    @property
    def may_redraw(self) -> bool:
        return self.may_say and not self._is_ahead(self._redraws_again_at)

    def _is_ahead(self, moment: datetime | None) -> bool:
        # One that is very far ahead comes from before the clock was set back.
        return moment is not None and timedelta() < moment - self._clock() <= LONGEST_HOLD

    def _held(self, post: Post) -> Held:
        return Held(post, self._name, self._db.of(post.workspace_id), self._clock)

    async def say(self, claim: Claim) -> None:
        """Say a post once, however often that was tried before."""
        held, kind = self._held(claim.post), self._kinds.get(claim.post.kind)
        if kind is None:
            later = self._clock() + LEFT_FOR_NEWER
            return await held.write(lambda row: row.put_back(later, is_unsure=claim.maybe_said))
        if claim.maybe_said:
            thread, is_file = await held.thread(), kind.is_file
            found = await self._delivery.look_for(held.post, thread, is_file=is_file)
            logger.debug("looked for %s: %s", held.post.key, found)
            if found is not None:
                return await self._settle(held, kind, found, was_found=True)
        if await self._is_too_early_or_late(held, kind):
            return None
        return await self._draw_and_say(held, kind)

    async def _is_too_early_or_late(self, held: Held, kind: PostKind) -> bool:
        """Miss, drop or postpone what the calendar or the member does not want now."""
        post, now = held.post, self._clock()
        if post.useful_until is not None and post.useful_until < now:
            logger.warning("Missed: %s was not said in time", post.key)
            await held.write(lambda row: row.ends(MISSED))
            return True
        if kind.switch is None and not kind.is_unasked:
            return False
        async with held.db() as session:
            member = await Member.find(session, post.place_id)
        if member is None:
            return False
        if not member.wants(kind.switch):
            await held.write(lambda row: row.ends(DROPPED))
            return True
        due_at = member.next_loud_moment(now)
        if due_at <= now:
            return False
        if post.useful_until is not None and post.useful_until < due_at:
            logger.debug("by then nobody needs %s", post.key)
            await held.write(lambda row: row.ends(DROPPED))
        else:
            await held.write(lambda row: row.put_back(due_at, is_unsure=False))
        return True

    async def _draw_and_say(self, held: Held, kind: PostKind) -> None:
        try:
            drawing = await self._showing.drawing(held, kind)
        except Exception:
            return await self._could_not_draw(held)
        if drawing is None:
            return None
        if drawing.message is None:
            return await held.write(lambda row: row.ends(DROPPED))
        if drawing.file is not None:
            outcome = await self._files.share(held.post, drawing, drawing.file)
        else:
            outcome = await self._showing.say(held.post, drawing)
        logger.debug("sent %s: %s", held.post.key, outcome)
        return await self._settle(held, kind, outcome)

    async def _settle(
        self, held: Held, kind: PostKind, outcome: Outcome, *, was_found: bool = False
    ) -> None:
        """Write down what came of saying the post, or of looking for it."""
        key, now = held.post.key, self._clock()
        match outcome:
            case Said():
                drawn = None if was_found else held.post.wanted
                await held.write(lambda row: _was_said(row, outcome, drawn, now), is_certain=True)
            case Later():
                until = self._wait(outcome)
                if kind.is_optional:
                    await held.write(lambda row: row.put_back(until, is_unsure=True))
                else:
                    await held.write(lambda row: row.hold(until, is_unsure=was_found))
            case Unclear(reason):
                logger.warning("Unclear whether %s was said (%s); will look", key, reason)
                await held.write(lambda row: _wait_and_look(row, kind, now))
            case Gone(error):
                logger.info("The thread of %s is gone (%s)", key, error)
                await held.write(lambda row: row.ends(GONE, error))
            case Refused(error) if kind.is_optional:
                logger.info("Slack does not take %s (%s)", key, error)
                await held.write(lambda row: row.ends(DROPPED, error))
            case Refused(error):
                logger.warning("Slack refuses %s: %s", key, error)
                await self._fail(held, error)
        logger.debug("marked %s", key)

    def _wait(self, later: Later) -> datetime:
        """Return when Slack will listen again."""
        until = self._clock() + min(timedelta(seconds=later.seconds), LONGEST_HOLD)
        if later.everywhere:
            if self.may_say:
                logger.error("Slack does not accept the bot's token; trying again at %s", until)
            self._says_again_at = until
        return until

    async def _could_not_draw(self, held: Held) -> None:
        logger.exception("Could not draw %s", held.post.key)
        if held.post.attempts >= DRAWS_AT_MOST:
            return await self._fail(held, "could_not_draw")
        # The posts behind it need not wait for a fault in this one.
        later = self._clock() + _backoff(held.post)
        return await held.write(lambda row: row.put_back(later, is_unsure=False))

    async def _fail(self, held: Held, error: str) -> None:
        await held.write(lambda row: row.fails(error))
        logger.debug("failed %s", held.post.key)
        await self.tell(held.post, error)

    async def tell(self, post: Post, error: str) -> None:
        """Tell whoever can mend it that a post failed; harmless when they were told already."""
        await until_it_works(lambda: self._when_refused(post, error))
        logger.debug("told of %s", post.key)
        await self._held(post).write(Post.put_down)

    async def redraw(self, post: Post) -> None:
        """Make a card show what is true now."""
        held, kind = self._held(post), self._kinds.get(post.kind)
        if kind is None:
            until = self._clock() + LEFT_FOR_NEWER
            return await held.write(lambda row: row.hold(until, is_unsure=False))
        try:
            drawing = await self._showing.drawing(held, kind)
        except Exception:
            logger.exception("Could not redraw %s", post.key)
            until = self._clock() + _backoff(post)
            return await held.write(lambda row: row.hold(until, is_unsure=True))
        if drawing is None:
            return None
        outcome: Outcome | None = None
        # A file stays as it was shared.
        if drawing.message is not None and drawing.file is None:
            outcome = await self._redrawn(post, drawing)
            logger.debug("redrawn %s: %s", post.key, outcome)
        await held.write(lambda row: self._was_redrawn(row, post.wanted, outcome))
        logger.debug("marked %s", post.key)
        return None

    async def _redrawn(self, post: Post, drawing: Drawing) -> Outcome:
        """Replace the card in Slack, or take it away; what Slack keeps says that it is over."""
        if drawing.message is not None and drawing.message.is_over:
            outcome = await self._delivery.take_away(post)
            if not isinstance(outcome, Refused):
                return outcome
        return await self._showing.redraw(post, drawing)

    def _was_redrawn(self, row: Post, drawn: int, outcome: Outcome | None) -> None:
        """Note what came of a redraw; without an outcome there was nothing to show."""
        now = self._clock()
        match outcome:
            case None | Said(lacks_picture=False):
                row.was_drawn(drawn, now)
            case Said():
                tries = row.attempts
                row.was_drawn(drawn, now)
                wants_its_picture(row, tries, now)
            case Gone(error):
                row.ends(GONE, error)
            case Refused(error):
                logger.warning("Slack refuses to redraw %s: %s", row.key, error)
                row.was_drawn(drawn, now, error)
            case Later():
                until = self._wait(outcome)
                # The limit is one for all cards of the workspace.
                self._redraws_again_at = until
                row.hold(until, is_unsure=False)
            case Unclear():
                row.hold(now + _backoff(row), is_unsure=True)


def _was_said(row: Post, said: Said, drawn: int | None, now: datetime) -> None:
    row.was_said(said.channel_id, said.ts, drawn=row.wanted if drawn is None else drawn, now=now)
    if drawn is None:
        # It was found in the channel, and nobody knows what it shows.
        row.redraw_at = now
    if said.lacks_picture:
        wants_its_picture(row, 1, now)


def _wait_and_look(row: Post, kind: PostKind, now: datetime) -> None:
    until = now + _backoff(row)
    if row.attempts <= len(BACKOFF) and not kind.is_optional:
        row.hold(until, is_unsure=True)
    else:
        # It is this post rather than Slack, so the others of its place go on without it.
        row.put_back(until, is_unsure=True)


def _backoff(post: Post) -> timedelta:
    return timedelta(seconds=BACKOFF[max(0, min(post.attempts, len(BACKOFF)) - 1)])
