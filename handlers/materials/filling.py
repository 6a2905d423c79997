"""Filling: what a member wrote into the form for a material, read and made ready to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.forms import carried, carried_by, read_form
from handlers.blocks.materials.choosing import NO_LICENCE
from handlers.request import facts_in
from models.communities import Community
from models.drafts import Draft
from models.errors import NotHereError
from models.ids import id_from
from models.materials.wording import (
    LENGTHS,
    MaterialWording,
    Plan,
    SlackFile,
    circle_of,
    link_or_file,
)

# What a form carries along besides what is typed into it.
CARRIED = (
    *("community_id", "draft_id", "asked_in", "source", "remix_of_id", "about"),
    *("file_id", "file_name", "material_id", "seen"),
)


@dataclass(frozen=True)
class Filled:
    """A form as it came in. `answers` are by field, `facts` what the form carried.

    `choices` are the links and files of a message, if the form asked which one.
    """

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    choices: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    async def of(cls, session: AsyncSession, view: Mapping[str, Any], member_id: str) -> Filled:
        """Return what was filled in; raises NotHereError for links kept too long ago."""
        facts = {name: fact for name, fact in carried_by(view).items() if name in CARRIED}
        answers = read_form(view)
        facts |= file_in(view, facts)
        if "choice" not in answers:
            return cls(answers, facts)
        draft = await Draft.of(session, id_from(facts.get("draft_id")) or 0, member_id)
        choices = (draft.fields.get("choices") if draft else None) or ()
        if not choices:
            raise NotHereError(
                "I kept the links of that message for two weeks only. Please open it once more."
            )
        return cls(answers, facts, tuple(choices))

    @property
    def typed(self) -> dict[str, Any]:
        """Everything by name, as the form is drawn from it again."""
        return {**self.facts, **self.answers, "choices": list(self.choices)}

    @property
    def seen(self) -> dict[str, Any]:
        """The marks of what the form showed when it was opened, by field."""
        return facts_in(self.facts.get("seen"))

    @property
    def metadata(self) -> str:
        return carried(**{name: self.facts.get(name) for name in CARRIED})

    def plan(self) -> Plan:
        """Return what is to be saved; raises a RuleError that names the field at fault."""
        chosen = self._chosen
        file = SlackFile.of(chosen.get("file_id"), chosen.get("file_name"))
        if self.answers.get("url") and not self._is_new_file:
            # A link that is typed takes the place of a file that was there.
            file = None
        link = link_or_file(chosen.get("url"), file)
        title = self.answers.get("title") or (chosen.get("title") if self.choices else None)
        return Plan(
            wording=wording_in(self.answers, str(title or "")),
            link=link,
            file=file,
            circle=circle_of(self.answers.get("circle")),
            is_announced=bool(self.answers.get("is_announced")),
            source=_source(self.facts.get("source")),
        )

    @property
    def _is_new_file(self) -> bool:
        return bool(self.answers.get("file"))

    @property
    def _chosen(self) -> Mapping[str, Any]:
        """Return the link or file that is meant: of several the chosen one."""
        if not self.choices:
            file = {name: self.facts.get(name) for name in ("file_id", "file_name")}
            return {"url": self.answers.get("url"), **file}
        number = id_from(self.answers.get("choice"))
        if number is None or number >= len(self.choices):
            raise NotHereError("Please choose one of those in the list.", field="choice")
        return self.choices[number]

    async def community(self, session: AsyncSession) -> Community:
        """Return the community it is for; its id may be forged, so `save` looks who is in it."""
        wanted = id_from(self.answers.get("community_id") or self.facts.get("community_id"))
        community = await session.get(Community, wanted) if wanted else None
        if community is None:
            raise NotHereError("I can't find that community. Please choose one of yours.")
        return await Community.locked(session, community.id)


def wording_in(answers: Mapping[str, Any], title: str) -> MaterialWording:
    """Return the words of a form; raises a RuleError that names the field at fault."""
    licence = answers.get("licence")
    others = {name: answers.get(name) for name in LENGTHS if name not in ("title", "url")}
    return MaterialWording.of(
        title=title,
        kind=answers.get("kind"),
        licence=None if licence == NO_LICENCE else licence,
        **others,
    )


def file_in(view: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return id and name of the file chosen in the form, or carried by it since it was chosen."""
    element = view.get("state", {}).get("values", {}).get("file", {}).get("file") or {}
    file: Mapping[str, Any] = next(iter(element.get("files") or ()), {})
    if file.get("id"):
        return {"file_id": file["id"], "file_name": file.get("name") or file.get("title")}
    return {name: facts.get(name) for name in ("file_id", "file_name")}


def _source(carried_one: object) -> tuple[str, str] | None:
    channel_id, _, ts = str(carried_one or "").partition("/")
    # It may be forged; what no message of Slack's has is none.
    is_one = channel_id.isalnum() and ts.replace(".", "").isdecimal()
    return (channel_id, ts) if is_one and len(channel_id) <= 32 and len(ts) <= 32 else None
