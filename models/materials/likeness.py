"""Likeness: the plainest form of a link, by which one page is known under its many addresses."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlencode, urlsplit

from w3lib.url import parse_qsl_to_bytes

from models.materials.material import FILE, Kind

DEFAULT_PORTS = {"http": 80, "https": 443}
# What newsletters, networks and share buttons add to tell where a reader came from.
TRACKING_BEGINNINGS = ("utm_", "hsa_", "pk_", "mtm_", "matomo_", "oly_", "vero_", "_hs")
TRACKING = frozenset(
    (
        *("_ga", "_gl", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid"),
        *("li_fat_id", "mc_cid", "mc_eid", "mibextid", "mkt_tok", "msclkid", "ref_src", "ref_url"),
        *("s_cid", "spm", "srsltid", "ttclid", "twclid", "wbraid", "wickedid", "yclid", "zanpid"),
    )
)

_VIDEO = re.compile(r"/(?:embed|shorts|live|v)/([\w-]{6,})/?")
_SHORT_VIDEO = re.compile(r"/([\w-]{6,})/?")
_YOUTUBE = ("youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com")
# Documents, sheets, slides, forms and files of Google; a published one begins with "e/".
_DOCUMENT = re.compile(r"/(?:.*/)?d/((?:e/)?[\w-]{15,})(?:/.*)?")
_FOLDER = re.compile(r"/drive/(?:.*/)?folders/([\w-]{15,})/?")
_GOOGLE = ("docs.google.com", "drive.google.com")
_SLACK_FILE = re.compile(r"/files/[UW][A-Z0-9]+/(F[A-Z0-9]+)(?:/.*)?")
_SLACK_DOWNLOAD = re.compile(r"/files-pri/T[A-Z0-9]+-(F[A-Z0-9]+)(?:/.*)?")
_TELLING = {
    Kind.VIDEO: re.compile(
        r"://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com)/|\.(?:mp4|mov)$"
    ),
    Kind.SLIDES: re.compile(r"://docs\.google\.com/presentation/|\.(?:pptx?|odp|key)$"),
    Kind.RUBRIC: re.compile(r"\brubric"),
    Kind.LESSON: re.compile(r"\blesson"),
}


def key_of(url: str) -> str:
    """Return what all links to one page have in common; `url` is as `Link.url` has it."""
    parts = urlsplit(url)
    if file_id := _slack_file(parts):
        return file_key(file_id)
    return sha256((_known_page(parts) or _plainest(parts)).encode()).hexdigest()


def kind_of(address: str) -> Kind | None:
    """Return what a link or file is as far as its address or name tells, for a form to begin with.

    Whoever saves it has the last word.
    """
    plain = address.casefold()
    return next((kind for kind, told in _TELLING.items() if told.search(plain)), None)


def file_key(file_id: str) -> str:
    """Return what stands for a link where a file of Slack is kept."""
    return f"{FILE}{file_id}"


def _slack_file(parts: SplitResult) -> str | None:
    host = parts.hostname or ""
    if not host.endswith(".slack.com"):
        return None
    found = _SLACK_FILE.fullmatch(parts.path) or _SLACK_DOWNLOAD.fullmatch(parts.path)
    return found[1] if found else None


def _known_page(parts: SplitResult) -> str | None:
    """Return the name of a video or document that has many addresses, else None."""
    host = _plain_host(parts)
    asked = dict(_parameters(parts))
    if host in _YOUTUBE or host == "youtu.be":
        found = (_SHORT_VIDEO if host == "youtu.be" else _VIDEO).fullmatch(parts.path)
        video = found[1] if found else asked.get(b"v", b"").decode("ascii", "replace")
        is_one = found is not None or parts.path.rstrip("/") == "/watch"
        return f"youtube:{video}" if is_one and re.fullmatch(r"[\w-]{6,}", video) else None
    if host in _GOOGLE:
        found = _DOCUMENT.fullmatch(parts.path) or _FOLDER.fullmatch(parts.path)
        by_name = parts.path.rstrip("/") in ("/open", "/uc")
        named = asked.get(b"id", b"").decode("ascii", "replace") if by_name else ""
        document = found[1] if found else named
        return f"google:{document}" if document else None
    return None


def _plainest(parts: SplitResult) -> str:
    """Return host, port, path and parameters, each in one spelling.

    A fragment leads to a place on the page, unless a program in the page reads it as an address.
    """
    port = parts.port if parts.port != DEFAULT_PORTS.get(parts.scheme) else None
    host = _plain_host(parts) + (f":{port}" if port else "")
    asked = urlencode(sorted(_parameters(parts), key=lambda pair: pair[0]))
    is_route = parts.fragment.startswith(("/", "!"))
    fragment = f"#{_one_spelling(parts.fragment, but='/!')}" if is_route else ""
    return f"{host}{_plain_path(parts.path)}{'?' if asked else ''}{asked}{fragment}"


def _plain_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def _parameters(parts: SplitResult) -> list[tuple[bytes, bytes]]:
    """Return names and values in their order, without those that only track.

    As bytes, so that what is no UTF-8 stays different.
    """
    pairs = parse_qsl_to_bytes(parts.query, keep_blank_values=True)
    return [pair for pair in pairs if not _is_tracking(*pair)]


def _is_tracking(name: bytes, value: bytes) -> bool:
    plain = name.decode("utf-8", "replace").casefold()
    # Google's documents say so how they were shared.
    is_share = plain == "usp" and value.startswith((b"sharing", b"share", b"drive"))
    return is_share or plain in TRACKING or plain.startswith(TRACKING_BEGINNINGS)


def _plain_path(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        # A browser goes the same way for a dot that is written as %2e.
        match part.lower().replace("%2e", "."):
            case ".":
                continue
            case "..":
                kept = kept[:-1] if len(kept) > 1 else kept
            case _:
                kept.append(_one_spelling(part))
    return "/".join(kept).rstrip("/")


def _one_spelling(part: str, but: str = "") -> str:
    """Return the text with each character always spelled the same, escaped or, `but` those, not."""
    return quote(unquote_to_bytes(part), safe=but)
