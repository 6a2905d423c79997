"""How a post is drawn and said with its picture, or without it when Slack cannot have it now."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.delivery import Delivery
from bot.held import Drawing, Held
from bot.outcomes import Outcome, Refused, Said
from bot.pictures import Studio
from handlers.posts import PostKind
from models.posts import Post

logger = logging.getLogger(__name__)

# What changes again and again is said without its picture, and redrawn with it.
DRAWN_AT_MOST = 2
# Among other things it is Slack's word for a picture that it cannot show.
BLOCKS_REFUSED = "invalid_blocks"

Send = Callable[[Mapping[str, Any]], Awaitable[Outcome]]


class Showing:
    """Says and redraws posts with their pictures. What Slack made of it is the outcome."""

    def __init__(self, delivery: Delivery, studio: Studio) -> None:
        self.delivery = delivery
        self._studio = studio
        # What is behind the post in its place waits as well, so not as long as for Slack itself.
        self._patience = delivery.client.timeout / 2

    async def drawing(self, held: Held, kind: PostKind) -> Drawing | None:
        """Draw the post as it is now, with its picture; None when somebody else has taken it over.

        A picture takes a while, in which much may change, so the post is drawn again after it.
        """
        drawing = await held.drawing(kind)
        for _ in range(DRAWN_AT_MOST):
            if drawing is None or drawing.picture is None:
                return drawing
            wanted, workspace_id = drawing.picture, held.post.workspace_id
            file_id = await self._studio.file_of(workspace_id, wanted, self._patience)
            drawing = await held.drawing(kind)
            if drawing and drawing.picture and drawing.picture.fingerprint == wanted.fingerprint:
                return replace(drawing, picture_id=file_id)
        return drawing

    async def say(self, post: Post, drawing: Drawing) -> Outcome:
        """Say it, without its picture when Slack does not take that. Never raises."""
        thread_ts = drawing.thread[1] if drawing.thread else None
        return await self._send(
            post, drawing, lambda content: self.delivery.say(post, content, thread_ts)
        )

    async def redraw(self, post: Post, drawing: Drawing) -> Outcome:
        """Replace the card in place, likewise."""
        return await self._send(post, drawing, lambda content: self.delivery.redraw(post, content))

    async def _send(self, post: Post, drawing: Drawing, send: Send) -> Outcome:
        outcome = await send(drawing.content or {})
        lacks_picture = drawing.picture is not None and drawing.picture_id is None
        if drawing.picture and drawing.picture_id and outcome == Refused(BLOCKS_REFUSED):
            await self._studio.was_refused(post.workspace_id, drawing.picture)
            outcome = await send(drawing.plain or {})
            lacks_picture = True
        if lacks_picture and isinstance(outcome, Said):
            logger.info("%s goes without its picture for now", post.key)
            return replace(outcome, lacks_picture=True)
        return outcome
