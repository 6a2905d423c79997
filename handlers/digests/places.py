"""Places: in which channels a digest can be posted that is not at home there."""

from slack_sdk.web.async_client import AsyncWebClient

from handlers.looking import look_at
from models.communities import NotInvitedError
from models.digests.weekly import DigestPlaceError

NOT_THERE = "I am not in that channel yet. Type /invite @Staffroom there, then press Keep again."


async def require_open(client: AsyncWebClient, channel_id: str, bot_user_id: str | None) -> None:
    """Raise DigestPlaceError unless everybody can read the channel, and the bot can write there."""
    try:
        look = await look_at(client, channel_id, bot_user_id)
    except NotInvitedError as error:
        raise DigestPlaceError(NOT_THERE) from error
    if look.is_private:
        raise DigestPlaceError("That channel is private. Please choose one that all can read.")
