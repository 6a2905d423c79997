"""The pilots, practices, materials and thanks of that world."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.communities import Community
from models.materials import telling as materials_telling
from models.materials import visibility as materials_visibility
from models.materials.material import About, Addition, Material, Place, Use
from models.pilots import telling as pilots_telling
from models.pilots.observation import Champion, ChangeNote
from models.pilots.pilot import Circle, Pilot
from models.practices.practice import Menu
from models.thanks import telling as thanks_telling
from models.thanks.customs import Customs
from models.thanks.nudge import Nudge, NudgeLook
from models.thanks.shower import Shower
from models.thanks.thanks import By, Receiver, Second, Thanks
from tests.examples import (
    ANA,
    BEN,
    CHRIS,
    DAY,
    NOW,
    a_material,
    a_pilot,
    a_practice,
    a_thanks,
    an_observation,
)
from tests.models.my_data.keeping import (
    HERON,
    TRIED,
    USED,
    kept,
)


async def pilots(session: AsyncSession, circle: Community) -> None:
    here = {"community_id": circle.id}
    added = {"added_by": ANA, "edited_by": ANA, "fits": HERON}
    tried = a_practice(name=TRIED, request_key="P1", added_by=ANA, edited_by=ANA)
    untried = a_practice(name=HERON, request_key="P2", what=HERON, steps=[HERON], **added)
    await kept(session, tried, untried)
    words = {"aim": HERON, "prediction": HERON, "with_class": HERON, "measure_name": HERON}
    private = a_pilot(practice_name=HERON, practice_id=untried.id, **words, **here)
    shared = a_pilot(
        request_key="V2", circle=Circle.COMMUNITY, shared_at=NOW, why=HERON, learned=HERON,
        first_id=None, finished_at=NOW, result=HERON, **words, **here,
    )  # fmt: skip
    bens = a_pilot(
        request_key="V3", member_id=BEN, circle=Circle.COMMUNITY, practice_id=tried.id,
        shared_at=NOW, **here,
    )  # fmt: skip
    await kept(session, private, shared)
    bens.inspired_by_id = shared.id
    await kept(session, bens)
    await kept(
        session,
        an_observation(pilot_id=private.id, saw=HERON, surprised=HERON, evidence_name=HERON),
        an_observation(pilot_id=shared.id, request_key="E2", saw=HERON),
        ChangeNote(
            pilot_id=shared.id, request_key="C1", on_date=date(2026, 11, 17), words=HERON,
            noted_at=NOW,
        ),
        Champion(pilot_id=bens.id, member_id=ANA, words=HERON, said_at=NOW),
        Champion(pilot_id=shared.id, member_id=BEN, words="Brave", said_at=NOW),
        Menu(**here, practice_ids=[], changed_by=ANA, changed_at=NOW),
    )  # fmt: skip
    for pilot in (shared, bens):
        await pilots_telling.keep_findable(session, pilot)
        await pilots_telling.post_card(session, pilot, NOW)
    await pilots_telling.tell_of_champion(session, bens, ANA, NOW)


async def materials(session: AsyncSession, circle: Community) -> None:
    here = {"community_id": circle.id}
    used = a_material(title=USED, same_key="1", note=HERON, source_channel_id="C1", **here)
    unused = a_material(title=HERON, same_key="2", request_key="V2", url=HERON, **here)
    bens = a_material(title="Ben’s", same_key="3", request_key="V3", owner_id=BEN, **here)
    bens.edited_by = ANA
    await kept(session, used, unused, bens)
    mine = await session.get_one(Pilot, 1)
    await kept(
        session,
        Use(material_id=used.id, member_id=BEN, how="It worked.", used_at=NOW),
        Use(material_id=bens.id, member_id=ANA, how=HERON, pilot_id=mine.id, used_at=NOW),
        _an_addition(used, BEN, "For biology, too."),
        _an_addition(bens, ANA, HERON),
        Place(
            material_id=bens.id, about_kind=About.HANGOUT, about_id=1, attached_by=ANA,
            attached_at=NOW,
        ),
    )  # fmt: skip
    for material in (used, unused, bens):
        await materials_visibility.keep_findable(session, material)
        await materials_telling.announce(session, material, circle, NOW)


def _an_addition(material: Material, member_id: str, note: str) -> Addition:
    return Addition(
        material_id=material.id,
        request_key=f"N{material.id}",
        member_id=member_id,
        note=note,
        added_at=NOW,
    )


async def thanks(session: AsyncSession, circle: Community) -> None:
    here = {"community_id": circle.id}
    arrived = Shower(
        **here, request_key="S1", member_id=ANA, opened_by=ANA, opened_at=NOW, occasion=HERON,
        on_date=NOW.date(), arrives_at=NOW - DAY, arrived_at=NOW - DAY,
    )  # fmt: skip
    waiting = Shower(
        **here, request_key="S2", member_id=ANA, opened_by=BEN, opened_at=NOW,
        on_date=NOW.date(), arrives_at=NOW + DAY,
    )  # fmt: skip
    await kept(session, arrived, waiting)
    given = {"text": HERON, "effect": HERON, "reason": HERON}
    for number, (to, traits) in enumerate(
        [
            ([BEN], given),
            ([BEN], given | {"is_private": True}),
            ([ANA], {"giver_id": BEN, "text": "the lab", "is_private": True}),
            ([ANA, CHRIS], {"giver_id": BEN, "text": "the trip"}),
            ([CHRIS], {"giver_id": BEN, "text": "the bus"}),
            ([ANA], {"giver_id": BEN, "text": "a note", "is_private": True,
                     "shower_id": waiting.id, "arrives_at": NOW + DAY}),
        ]
    ):  # fmt: skip
        await a_kept_thanks(session, circle, number, to, traits)
    await kept(
        session,
        Second(thanks_id=5, member_id=ANA, by=By.BUTTON, seconded_at=NOW),
        Nudge(member_id=ANA, colleague_id=BEN, why_kind="problem", why_id=1, nudged_at=NOW),
        Nudge(member_id=BEN, colleague_id=ANA, why_kind="problem", why_id=1, nudged_at=NOW),
        NudgeLook(member_id=ANA, looked_at=NOW),
        Customs(**here, reasons=["Listened"], changed_by=ANA, changed_at=NOW),
    )


async def a_kept_thanks(
    session: AsyncSession, circle: Community, number: int, to: list[str], traits: dict[str, object]
) -> Thanks:
    thanks = a_thanks(request_key=f"T{number}", community_id=circle.id, **traits)
    await kept(session, thanks)
    await kept(session, *(Receiver(thanks_id=thanks.id, member_id=one) for one in to))
    await thanks_telling.announce(session, thanks, circle, NOW)
    return thanks
