"""Files on their way: what someone uploads in the page, and how the page shows it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.places import Json
    from bot.sandbox.uploads import Upload

# Pictures are shown; anything else could be a page with a script in it and is only handed over.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})
NO_SCRIPTS = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

NamedContent = tuple[str, bytes]


async def read_form(request: web.Request) -> tuple[Json, list[NamedContent]]:
    """Read an upload of the page: its texts by name, and the files as (name, content)."""
    form = await request.post()
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    files = [value for value in form.getall("file", []) if isinstance(value, web.FileField)]
    return texts, [(file.filename, file.file.read()) for file in files]


def send_file(upload: Upload | None) -> web.Response:
    if upload is None or not upload.content:
        return web.Response(status=404, text="There is no such file.")
    headers = {"Content-Security-Policy": NO_SCRIPTS}
    if upload.mimetype not in SHOWN:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=upload.content, content_type=upload.mimetype, headers=headers)
