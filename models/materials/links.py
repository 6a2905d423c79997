"""Links: which ones may be kept, and when two of them lead to the same page. None is ever opened.

Browsers take spellings that hide where a link leads (WHATWG URL standard, "host parsing"):
2130706433 and 0x7f.1 are both 127.0.0.1. Whatever they would read as a number is read as one here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

from w3lib.url import safe_url_string

from models.errors import RuleError
from models.materials.likeness import key_of
from models.materials.material import URL_LENGTH

# DNS takes no longer name, and no longer part of one.
HOST_LENGTH, LABEL_LENGTH = 253, 63
# Names that mean one's own machine or network (RFC 6761, 6762, 8375, ICANN on .internal) or that
# nobody can open, and public ones that are known to lead there.
OWN_NETWORK = (
    *("localhost", "localdomain", "local", "internal", "intranet", "home.arpa"),
    *("lan", "home", "corp", "private", "svc", "test", "invalid"),
    *("nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"),
    "localho.st",
)

_WRAPPED = re.compile(r"<([^<>|]*)(?:\|[^<>]*)?>")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|(?:javascript|data|mailto):", re.IGNORECASE)
# "www.example.org", "example.org" or "10.0.0.1", and no title's first word, such as "4.5".
_SITE = re.compile(r"(?:(?:[\w-]+\.)+[a-z]{2,}|(?:\d{1,3}\.){3}\d{1,3})(?::\d+)?", re.IGNORECASE)
_LABEL = re.compile(rf"[a-z0-9_-]{{1,{LABEL_LENGTH}}}")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
# Letters that IDNA 2003, which Python speaks, would turn into others.
_DEVIATIONS = frozenset("ßς")
_UNFIT = frozenset('<>"\\`')
# Browsers take these as they are, and Slack's links do not.
_ESCAPED = str.maketrans({char: f"%{ord(char):02X}" for char in "{|}^"})


class LinkError(RuleError):
    """Something that is no link, or one that nobody but its writer could open."""

    field = "url"


@dataclass(frozen=True)
class Link:
    """A link as it is kept. `key` is the same for links to the same page: 64 characters at most."""

    url: str
    key: str

    @classmethod
    def of(cls, text: str) -> Link:
        """Return the link that was typed or that Slack wrote as <https://…|…>; raises LinkError.

        What has no scheme is taken as https.
        """
        typed = _unwrapped(text)
        _require_plain(typed)
        if not _SCHEME.match(typed):
            typed = f"https://{typed}"
        parts = _split(typed)
        host = _host(parts)
        shown = f"[{host}]" if ":" in host else host
        port = "" if parts.port is None else f":{parts.port}"
        # Letters beyond ASCII are spelled as browsers send them; nothing else changes.
        whole = parts._replace(netloc=shown + port).geturl()
        url = safe_url_string(whole).translate(_ESCAPED)
        _require_short(url)
        return cls(url, key_of(url))


def begins_like_a_link(word: str) -> bool:
    """Say whether a word is meant as a link, rather than as the first one of a title."""
    typed = _unwrapped(word)
    return bool(_ADDRESS.match(typed) or _SITE.fullmatch(typed.partition("/")[0]))


def _unwrapped(text: str) -> str:
    stripped = text.strip()
    wrapped = _WRAPPED.fullmatch(stripped)
    return unescape(wrapped[1]).strip() if wrapped else stripped


def _require_plain(typed: str) -> None:
    if not typed:
        raise LinkError("Please paste a link that begins with https://.")
    _require_short(typed)
    if any(char.isspace() for char in typed):
        raise LinkError("There is a space in this link. Please paste it once more, without any.")
    if any(char in _UNFIT or unicodedata.category(char)[0] == "C" for char in typed):
        raise LinkError("There is a character in this link that no link has. Please paste it anew.")


def _require_short(url: str) -> None:
    if len(url) > URL_LENGTH:
        raise LinkError(
            f"This link has {len(url):,} characters and {URL_LENGTH:,} fit. Is there a shorter one?"
        )


def _split(typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, is_whole = SplitResult("", "", "", "", ""), False
    if parts.scheme and parts.scheme not in ("http", "https"):
        raise LinkError("Only links that begin with https:// or http:// can be kept.")
    if not is_whole:
        raise LinkError("This does not look like a whole link. It begins with https://.")
    if "@" in parts.netloc:
        raise LinkError("This link holds a user name or password. Please paste it without.")
    return parts


def _host(parts: SplitResult) -> str:
    """Return the host as computers write it; raises LinkError for what is no public one."""
    if "[" in parts.netloc:
        return str(_public(_address(parts.hostname or "")))
    host = _in_ascii(parts.hostname or "")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(_public(_numbered(labels)))
    if len(labels) < 2 or any(host == name or host.endswith(f".{name}") for name in OWN_NETWORK):
        raise _not_public()
    return host


def _in_ascii(host: str) -> str:
    plain = unicodedata.normalize("NFKC", host).lower()
    # Three other full stops count as dots (RFC 3490), and one at the end changes nothing.
    labels = re.split(r"[.\u3002\uff0e\uff61]", plain)
    if len(labels) > 1 and not labels[-1]:
        labels.pop()
    try:
        written = [_label(label) for label in labels]
    except UnicodeError:
        written = []
    if not all(_LABEL.fullmatch(label) for label in written) or not written:
        raise LinkError("I can’t read where this link leads. Please paste it once more.")
    if len(".".join(written)) > HOST_LENGTH:
        raise LinkError("I can’t read where this link leads. Please paste it once more.")
    return ".".join(written)


def _label(label: str) -> str:
    if label.isascii():
        if label.startswith("xn--"):
            # Raises for what only pretends to be a name in other letters.
            label.encode().decode("idna")
        return label
    if len(label) > LABEL_LENGTH:
        raise UnicodeError(label)
    if _DEVIATIONS & set(label):
        return "xn--" + label.encode("punycode").decode()
    return label.encode("idna").decode()


def _address(text: str) -> IPv6Address:
    try:
        return IPv6Address(text)
    except ValueError:
        raise _not_public() from None


def _numbered(labels: list[str]) -> IPv4Address:
    """Return the address as browsers read it: one to four numbers, decimal, octal or hexadecimal.

    The last one fills all the bytes that are left.
    """
    try:
        *first, last = [_number(label) for label in labels]
        if len(first) > 3 or any(one > 255 for one in first) or last >= 256 ** (4 - len(first)):
            raise _not_public()
        bytes_before = sum(one << 8 * (3 - place) for place, one in enumerate(first))
        return IPv4Address(bytes_before + last)
    except ValueError:
        raise _not_public() from None


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    is_octal = len(label) > 1 and label.startswith("0")
    return int(label, 8 if is_octal else 10)


def _public(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address; raises LinkError when it, or one inside of it, is not a public one."""
    within = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if within is not None:
        _public(within)
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified
    if is_special or address.is_loopback or address.is_link_local or not address.is_global:
        raise _not_public()
    return address


def _not_public() -> LinkError:
    return LinkError(
        "This link leads into a private network, where colleagues may not get to. "
        "Is there one that works from anywhere?"
    )
