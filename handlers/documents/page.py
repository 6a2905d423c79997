"""Pages: documents for the eye, each one HTML file that needs nothing but itself."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from models.time import zone

_TEMPLATES = Environment(
    loader=PackageLoader("handlers.documents"),
    # Whatever members wrote is text in these pages, never markup.
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, **facts: object) -> bytes:
    """Return the document that this template of `templates/` makes of the facts, as UTF-8."""
    return _TEMPLATES.get_template(template).render(**facts).encode(errors="replace")


def day_written(moment: datetime, tz: str | None) -> str:
    """Return the day it was in that zone, with its weekday and year."""
    local = moment.astimezone(zone(tz))
    return f"{local:%A} {date_written(local.date())}"


def date_written(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _web_address(url: str | None) -> str:
    """Return the address if it leads to the web, else "": a page must not run what it links to."""
    return url if url and urlsplit(url).scheme in ("http", "https") else ""


_TEMPLATES.filters["web_address"] = _web_address
