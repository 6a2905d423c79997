"""Someone types: messages, commands, edits and reactions."""

from __future__ import annotations

from typing import Any

from bot.sandbox import messages, payloads
from bot.sandbox.hands import Hands, Reply
from bot.sandbox.places import Channel, Json
from bot.sandbox.reacting import Reaction
from bot.sandbox.refusals import Refusal, Refused
from bot.sandbox.tickets import RESPONSE_URL_LIFE, ResponseUrl
from bot.sandbox.uploads import Upload
from bot.sandbox.web_api import responses
from bot.sandbox.wording import as_command_text, as_message_text, as_rich_text

NO_COMMANDS_IN_THREADS = "slash commands cannot be used in threads"


class Writing(Hands):
    """The keyboard of a person."""

    async def types(
        self,
        channel: Channel | str,
        text: str,
        thread_ts: str | None = None,
        files: tuple[str, ...] = (),
    ) -> Reply:
        """Send `text`: what begins with / is a command, anything else a message.

        Names are given as picked from the list, `<@U…>` and `<#C…>`, or typed, `@ana` and
        `#general`. `files` are ids of uploads. The reply comes when the bot has acknowledged.
        """
        place = self.channel(channel)
        if place.is_archived:
            raise Refused("the channel is archived")
        if text.startswith("/") and not files:
            return await self._commands(place, text, thread_ts)
        if not text.strip() and not files:
            raise Refused("there is nothing to send")
        if place.is_im and not self.slack.manifest.reads_direct_messages:
            raise Refused("the manifest turns messages to this app off")
        more: Json = {"thread_ts": self._thread(place, thread_ts)} if thread_ts else {}
        if files:
            more |= {"files": [self._attached(one, place) for one in files], "upload": True}
            more["subtype"] = "file_share"
        written = as_message_text(self.slack, text)
        message = messages.written_by(self.slack, self.id, place, written, **more)
        return await self._told(messages.post(self.slack, place, message), message)

    def _thread(self, place: Channel, thread_ts: str) -> str:
        """Return what heads the thread; a reply's own timestamp leads there, too."""
        parent = place.by_ts.get(thread_ts)
        if parent is None:
            raise Refused("there is no such thread")
        return str(parent.get("thread_ts", thread_ts))

    def _attached(self, file_id: str, place: Channel) -> Json:
        upload = self.slack.files[file_id]
        upload.channels.append(place.id)
        return upload.as_slack(self.slack)

    async def _commands(self, place: Channel, typed: str, thread_ts: str | None) -> Reply:
        name, *rest = typed.split(maxsplit=1)
        known = self.slack.manifest.commands.get(name)
        if thread_ts:
            return Reply(False, 0.0, error=NO_COMMANDS_IN_THREADS)
        if known is None:
            return Reply(False, 0.0, error=f"{name} is not a valid command")
        written = as_command_text(
            self.slack, " ".join(rest).strip(), bool(known.get("should_escape"))
        )
        payload = payloads.command(self.slack, self.id, place, name, written)
        ack = await self.slack.socket.deliver("slash_commands", payload)
        if ack.payload:
            self._hears(place, ack.payload)
        return Reply.to(ack)

    def _hears(self, place: Channel, answer: Any) -> None:
        """Show what the bot's acknowledgement of a command says."""
        content = {"text": answer} if isinstance(answer, str) else answer
        now = self.slack.clock()
        url = ResponseUrl(place.id, self.id, now + RESPONSE_URL_LIFE)
        try:
            responses.say(self.slack, url, content)
        except Refusal as refusal:
            self.slack.recording.complain("@ack.command", refusal)

    async def uploads(self, name: str, content: bytes, title: str = "") -> Upload:
        """Choose a file from one's computer; its id is good for messages and file inputs."""
        slack = self.slack
        created = int(slack.clock().timestamp())
        upload = Upload(slack.new_id("F"), name, self.id, created, len(content), title or name)
        upload.content, upload.is_complete = content, True
        slack.files[upload.id] = upload
        slack.tell("file", user=self.id, file=upload.id)
        return upload

    async def deletes_file(self, file_id: str) -> Reply:
        """Delete one's own file; messages that show it stay."""
        upload = self.slack.files.get(file_id)
        if upload is None or upload.is_deleted or upload.user_id != self.id:
            raise Refused("only one's own files can be deleted")
        return await self._told(upload.delete(self.slack))

    async def edits(self, message: Json, text: str) -> Reply:
        """Edit one's own message."""
        place, current = self._own(message)
        written = as_message_text(self.slack, text)
        edited = {"user": self.id, "ts": self.slack.new_ts()}
        blocks = [as_rich_text(written, self.slack.new_block_id())]
        changes = {"text": written, "blocks": blocks, "edited": edited}
        told = messages.change(self.slack, place, current, **changes)
        return await self._told(told, current)

    async def deletes(self, message: Json) -> Reply:
        """Delete one's own message."""
        place, current = self._own(message)
        return await self._told(messages.remove(self.slack, place, current), current)

    async def reacts(self, message: Json, name: str) -> Reply:
        """Put an emoji, named without colons, under a message."""
        reaction = self._reaction(message, name)
        if reaction.is_there:
            raise Refused(f"{self.id} has reacted with {name} before")
        return await self._told(reaction.add())

    async def unreacts(self, message: Json, name: str) -> Reply:
        reaction = self._reaction(message, name)
        if not reaction.is_there:
            raise Refused(f"{self.id} has not reacted with {name}")
        return await self._told(reaction.remove())

    def _reaction(self, message: Json, name: str) -> Reaction:
        place, current = self._current(message)
        return Reaction(self.slack, place, current, self.id, name)

    def _own(self, message: Json) -> tuple[Channel, Json]:
        place, current = self._current(message)
        if current.get("user") != self.id or current.get("bot_id"):
            raise Refused("only one's own messages can be changed")
        return place, current

    def _current(self, message: Json) -> tuple[Channel, Json]:
        place = self.channel(message["channel"])
        current = place.by_ts.get(message["ts"])
        if current is None or current.get("subtype") == "tombstone":
            raise Refused("the message is not there any more")
        return place, current
