"""Speaking: from the words of a command to thanks that are said, or to what has to be asked.

Nothing is said while it is unclear who is meant, who sees it, or whether a student is named. The
words are kept all the while.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.blocks.message import Message
from handlers.blocks.text import unescape
from handlers.blocks.thanks import giving as answers
from handlers.blocks.thanks.ids import START
from handlers.request import Where
from handlers.thanks.naming import STRANGERS, People
from handlers.thanks.saying import Request, Said, say
from handlers.thanks.spoken import Spoken, needs_names, read
from models.communities import Community
from models.drafts import Draft
from models.members import Member
from models.student_data import suspicions
from models.thanks import giving, wording
from models.thanks.naming import Roster
from models.thanks.thanks import RECEIVERS_AT_MOST
from models.thanks.wording import Wording

# Slack waits three seconds in all. It is asked who people are for so many, then it is answered.
SOON = 1.5

Meanwhile = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wrote. `key` is its request's.

    `chosen` are member ids by the names typed, and `community_id` the community, as they were
    chosen since; by then the words are in a draft.
    """

    told: str
    key: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    community_id: int | None = None
    draft_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of it: it was `said`, a question is open, or the form has to be filled in.

    `answer` is what the giver is told. `typed` is what the form begins with.
    """

    answer: Message | None = None
    said: Said | None = None
    typed: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class _Meant:
    """Who and what is meant, as far as it is clear; `notices` say what is not.

    `receivers` are those of the people whom Slack knows.
    """

    spoken: Spoken
    member_ids: Sequence[str] = ()
    receivers: Sequence[Member] = ()
    guessed: Mapping[str, str] = field(default_factory=dict)
    notices: Sequence[str] = ()

    @property
    def typed(self) -> dict[str, Any]:
        """The answers of the form."""
        return {
            "receiver_ids": list(self.member_ids),
            "text": self.spoken.text,
            "effect": self.spoken.effect,
            "is_private": self.spoken.is_private,
            "notices": list(self.notices),
        }


@dataclass(frozen=True)
class Speaking:
    """Somebody who thanks in a few words, and what it takes to understand them.

    `meanwhile` answers Slack when it takes its time to say who people are; the words are in that
    draft by then.
    """

    member: Member
    people: People
    where: Where
    meanwhile: Meanwhile | None = None

    async def take(self, asked: Asked) -> Taken:
        """Say it, or return what has to be asked first; raises NoCommunityError."""
        choices = await self.where.choices()
        if not choices:
            raise await self.where.nothing_here(unescape(asked.told))
        roster = await self.people.roster(choices) if needs_names(asked.told) else Roster()
        spoken = read(asked.told, roster)
        if spoken.is_to_a_crowd:
            named = _Meant(spoken=spoken, member_ids=spoken.member_ids)
            return await self._stop(asked, named, str(giving.too_many()))
        found = {one: self._meant_by(one, roster) for one in spoken.names}
        found |= {one: [asked.chosen[one]] for one in spoken.names if one in asked.chosen}
        for typed, ids in found.items():
            if len(ids) > 1:
                return await self._ask_who(asked, spoken, typed, ids, roster)
        place = choices[0].name if len(choices) == 1 else "your communities"
        asked, meant = await self._in_time(asked, spoken, self._meant(spoken, found, roster, place))
        if spoken.to_all:
            return await self._stop(asked, meant, answers.to_people_only(spoken.to_all))
        if not meant.member_ids or meant.notices:
            return self._fill_in(asked, meant)
        return await self._say(asked, meant, choices)

    def _fill_in(self, asked: Asked, meant: _Meant, **more: bool) -> Taken:
        """Return the form with all that is clear; a draft goes when it is sent."""
        kept = {"draft_id": asked.draft_id} if asked.draft_id else {}
        return Taken(typed=meant.typed | more | kept)

    def _meant_by(self, typed: str, roster: Roster) -> list[str]:
        """Return who may be meant by a name; among namesakes nobody means themselves."""
        ids = roster.meant(typed)
        return [one for one in ids if one != self.member.member_id] or ids

    async def _in_time(
        self, asked: Asked, spoken: Spoken, asking: Coroutine[Any, Any, _Meant]
    ) -> tuple[Asked, _Meant]:
        """Return who is meant; when that takes long, the words are kept and Slack is answered."""
        meaning = asyncio.ensure_future(asking)
        try:
            await asyncio.wait([meaning], timeout=SOON if self.meanwhile else None)
            if self.meanwhile and not meaning.done():
                named = _Meant(spoken=spoken, member_ids=spoken.member_ids)
                asked = replace(asked, draft_id=await self._keep(asked, named))
                await self.meanwhile(asked.draft_id or 0)
            return asked, await meaning
        finally:
            meaning.cancel()

    async def _meant(
        self, spoken: Spoken, found: Mapping[str, list[str]], roster: Roster, place: str
    ) -> _Meant:
        """Return everybody who is meant, groups as their people without the giver."""
        ids = [*spoken.member_ids, *(several[0] for several in found.values() if several)]
        notices = [answers.not_known(one, place) for one, several in found.items() if not several]
        groups = await self.people.in_groups(dict(spoken.groups))
        for group_id, handle in spoken.groups:
            others = [one for one in groups[group_id] if one != self.member.member_id]
            ids += others
            if not others:
                notices.append(answers.group_unread(handle))
        guessed = {
            typed: roster.names[several[0]]
            for typed, several in found.items()
            if several and several[0] in roster.names and not roster.named(typed)
        }
        ids = list(dict.fromkeys(ids))
        is_for_slack = len(ids) <= RECEIVERS_AT_MOST and not spoken.to_all
        receivers = await self.people.met(ids) if is_for_slack else []
        return _Meant(
            spoken=spoken, member_ids=ids, receivers=receivers, guessed=guessed, notices=notices
        )

    async def _say(self, asked: Asked, meant: _Meant, choices: Sequence[Community]) -> Taken:
        """Say what is clear, unless a rule is against it or a student may be named."""
        spoken = meant.spoken
        if too_many := giving.too_many(len(meant.member_ids)):
            return await self._stop(asked, meant, str(too_many))
        receivers = meant.receivers
        objection = giving.objection_to(self.member, receivers) if receivers else None
        if objection is not None or len(receivers) < len(meant.member_ids):
            return await self._stop(asked, meant, str(objection or STRANGERS))
        if not spoken.text or not spoken.is_sure:
            return self._fill_in(asked, meant)
        if words := wording.objection_to(text=spoken.text, effect=spoken.effect):
            return await self._stop(asked, meant, str(words))
        if suspicions(f"{spoken.text}\n{spoken.effect}"):
            return self._fill_in(asked, meant, asks_again=True)
        near = self._near(choices, receivers, asked)
        if len(near) > 1 and not spoken.is_private:
            kept = await self._keep(asked, meant)
            return Taken(answer=answers.which_community(near, kept, unescape(asked.told)))
        return await self._commit(asked, meant, near[0])

    def _near(
        self, choices: Sequence[Community], receivers: Sequence[Member], asked: Asked
    ) -> list[Community]:
        """Return where it may be said: what was chosen, else where all of them are together."""
        chosen = [one for one in choices if one.id == asked.community_id]
        together = [
            one for one in choices if all(one.has_member(who.member_id) for who in receivers)
        ]
        return chosen or together or list(choices)

    async def _commit(self, asked: Asked, meant: _Meant, community: Community) -> Taken:
        spoken = meant.spoken
        request = Request(
            giver=self.member,
            receivers=meant.receivers,
            wording=Wording.of(text=spoken.text, effect=spoken.effect),
            community_id=community.id,
            is_private=spoken.is_private,
            key=asked.key,
        )
        async with self.people.db.begin() as session:
            said = await say(session, request, self.people.clock())
            await Draft.done(session, asked.draft_id, self.member.member_id)
        notes = [answers.guessed_note(meant.guessed)] if meant.guessed else []
        return Taken(answer=said.answer(notes) if said.is_new else None, said=said)

    async def _ask_who(
        self, asked: Asked, spoken: Spoken, typed: str, ids: Sequence[str], roster: Roster
    ) -> Taken:
        kept = await self._keep(asked, _Meant(spoken=spoken, member_ids=spoken.member_ids))
        people = {one: roster.names[one] for one in ids}
        return Taken(answer=answers.who_is_meant(typed, people, kept, unescape(asked.told)))

    async def _stop(self, asked: Asked, meant: _Meant, why: str) -> Taken:
        """Return why it was not said, with the words kept."""
        kept = await self._keep(asked, meant)
        return Taken(answer=answers.not_said(why, unescape(asked.told), kept))

    async def _keep(self, asked: Asked, meant: _Meant) -> int:
        """Keep the words until the question is answered; return the draft's id."""
        words = {"told": asked.told, "key": asked.key, "chosen": dict(asked.chosen)}
        fields = meant.typed | words | {"community_id": asked.community_id}
        me = self.member.member_id
        async with self.people.db.begin() as session:
            draft = await Draft.of(session, asked.draft_id, me) if asked.draft_id else None
            if draft is None:
                draft = Draft(member_id=me, form=START, kept_at=self.people.clock(), fields=fields)
                session.add(draft)
            draft.fields = fields
            await session.flush()
            return draft.id
