"""Rhythm: how the people of the example choose what comes each week, and in which words."""

from __future__ import annotations

from bot.demo.acting import Acting, LostThreadError, elements_of, latest_with, went_well
from bot.demo.story.digests import ChoosesDigest, Rewords, SumsUp, WantsLetter
from bot.demo.story.happenings import Happening
from bot.sandbox.people import Person
from handlers.blocks.digests.ids import CUSTOMS
from handlers.blocks.digests.personal import CHOOSE
from handlers.blocks.wordings.ids import REWORD, WORDINGS
from models.digests.networks import ALL

OF_RHYTHM = (ChoosesDigest, Rewords, SumsUp, WantsLetter)


class Rhythm(Acting):
    """What people do about digests and the bot's words."""

    async def take_part(self, happening: Happening) -> None:
        person = self.person(happening.by)
        match happening:
            case ChoosesDigest():
                await self._look_at_digest(person, happening, CUSTOMS)
                day = str(happening.weekday)
                await self.fill_in(person, happening, weekday=day, at=happening.time)
            case SumsUp():
                await self._sum_up(person, happening)
            case WantsLetter():
                await self._look_at_digest(person, happening, CHOOSE)
            case Rewords():
                await self._reword(person, happening)
            case _:
                raise LostThreadError(f"nobody knows how to play {happening}")

    async def _look_at_digest(
        self, person: Person, happening: ChoosesDigest | WantsLetter, button: str
    ) -> None:
        went_well(happening, await person.types(happening.channel, "/staffroom digest"))
        await self.stage.handled()
        went_well(happening, await person.presses(button))

    async def _sum_up(self, person: Person, sums_up: SumsUp) -> None:
        await person.invites(self.stage.slack.bot_user_id, sums_up.channel)
        await self.stage.settled()
        went_well(sums_up, await person.types(sums_up.channel, "/staffroom digest network"))
        await self.fill_in(
            person,
            sums_up,
            name=sums_up.name,
            channel_id=person.channel(sums_up.channel).id,
            community_ids=[ALL],
            weekday=str(sums_up.weekday),
            at=sums_up.time,
        )

    async def _reword(self, person: Person, rewords: Rewords) -> None:
        went_well(rewords, await person.types(rewords.channel, "/staffroom settings"))
        await self.stage.handled()
        went_well(rewords, await person.presses(WORDINGS))
        await self.stage.handled()
        texts = latest_with(person.sees(rewords.channel), REWORD)
        [value] = [
            str(one["value"])
            for one in elements_of(texts)
            if one.get("action_id") == REWORD and str(one["value"]).endswith(rewords.spot)
        ]
        went_well(rewords, await person.presses(REWORD, message=texts, value=value))
        await self.stage.handled()
        if person.top_view is None:
            raise LostThreadError(f"no form opens for {rewords}")
        # The first form shows how it will look, the second one keeps it.
        went_well(rewords, await person.submits(person.top_view, text=rewords.text))
        await self.fill_in(person, rewords)
