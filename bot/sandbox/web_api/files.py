"""Files of the bot: asking for a place, sending the bytes, showing them in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import messages
from bot.sandbox.places import Channel, Json
from bot.sandbox.refusals import Refusal
from bot.sandbox.uploads import Upload
from bot.sandbox.web_api.methods import find_own_channel, method

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

ALT_TEXT = 1_000


@method("files.getUploadURLExternal", scope="files:write", required=("filename", "length"))
def get_upload_url(slack: Workspace, args: Json) -> Json:
    length = int(args["length"]) if str(args["length"]).isdigit() else 0
    if not length:
        raise Refusal("invalid_arguments", "length is a positive number of bytes", "/length")
    alt_text = str(args.get("alt_txt") or args.get("alt_text") or "")
    if len(alt_text) > ALT_TEXT:
        raise Refusal("alt_txt_too_large", "alt_txt has at most 1,000 characters", "/alt_txt")
    created = int(slack.clock().timestamp())
    upload = Upload(slack.new_id("F"), args["filename"], slack.bot_user_id, created, length)
    upload.alt_text = alt_text
    slack.files[upload.id] = upload
    return {"upload_url": f"{slack.base_url}upload/v1/{upload.id}", "file_id": upload.id}


@method("files.completeUploadExternal", scope="files:write", required=("files",))
def complete_upload(slack: Workspace, args: Json) -> Json:
    uploads = [_arrived(slack, entry, number) for number, entry in enumerate(args["files"])]
    channel_id = args.get("channel_id")
    channel = find_own_channel(slack, channel_id, to_write=True) if channel_id else None
    ready_at = slack.clock() + slack.looks_through_files_for
    for upload in uploads:
        upload.is_complete, upload.ready_at = True, ready_at
    if channel:
        _share(slack, channel, uploads, args)
    return {"files": [upload.as_slack(slack) for upload in uploads]}


def _arrived(slack: Workspace, entry: Any, number: int) -> Upload:
    upload = slack.files.get(str(entry.get("id") if isinstance(entry, dict) else entry))
    if upload is None or upload.is_complete or not upload.content:
        raise Refusal("file_not_found", "its bytes never arrived", f"/files/{number}/id")
    upload.title = entry.get("title") or upload.name
    return upload


def _share(slack: Workspace, channel: Channel, uploads: list[Upload], args: Json) -> None:
    for upload in uploads:
        upload.channels.append(channel.id)
    drawn = [upload.as_slack(slack) for upload in uploads]
    text = args.get("initial_comment") or ""
    message = messages.posted_by_bot(slack, channel, text, files=drawn, upload=True)
    if args.get("thread_ts") in channel.by_ts:
        message["thread_ts"] = args["thread_ts"]
    messages.post(slack, channel, message)


@method("files.info", scope="files:read", required=("file",))
def info(slack: Workspace, args: Json) -> Json:
    upload = slack.files.get(str(args["file"]))
    if upload is None:
        raise Refusal("file_not_found", "there is no such file", "/file")
    if upload.is_deleted:
        raise Refusal("file_deleted", "somebody deleted it", "/file")
    return {"file": upload.as_slack(slack), "comments": [], "response_metadata": {}}


@method("files.delete", scope="files:write", required=("file",))
def delete(slack: Workspace, args: Json) -> Json:
    upload = slack.files.get(str(args["file"]))
    if upload is None or upload.is_deleted:
        raise Refusal("file_not_found", "there is no such file", "/file")
    if upload.user_id != slack.bot_user_id:
        raise Refusal("cant_delete_file", "only its own files may a bot delete", "/file")
    upload.delete(slack)
    return {}


def add_routes(slack: Workspace) -> None:
    """Take the bytes of uploads, and give them back to whoever has the bot's token."""

    async def receive(request: web.Request) -> web.Response:
        upload = slack.files.get(request.match_info["file_id"])
        if upload is None or upload.is_complete:
            return web.Response(status=404, text="unknown upload")
        content = await _content(request)
        if len(content) != upload.length:
            return web.Response(status=400, text="not the length that was announced")
        upload.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def send(request: web.Request) -> web.Response:
        upload = slack.files.get(request.match_info["file"].removeprefix(f"{slack.team_id}-"))
        is_bot = request.headers.get("Authorization") == f"Bearer {slack.bot_token}"
        if upload is None or not is_bot or "files:read" not in slack.scopes:
            return web.Response(status=404 if is_bot else 403, text="sign in to see this file")
        return web.Response(body=upload.content, content_type=upload.mimetype)

    slack.routes.router.add_post("/upload/v1/{file_id}", receive)
    slack.routes.router.add_get("/files-pri/{file}/{name}", send)


async def _content(request: web.Request) -> bytes:
    """Read raw bytes, or the only file of a multipart form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
