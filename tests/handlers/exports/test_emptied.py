"""What stands in Slack of old records says none of their words any more."""

from sqlalchemy import select

from handlers import post_kinds
from models.consultancies.consultancy import Consultancy
from models.exports.removing import EMPTYING
from models.hangouts.hangout import Hangout
from models.materials.material import Material
from models.pilots.pilot import Pilot
from models.pilots.posted import card_key
from models.posts import SAID, Post
from models.problems import Problem
from models.thanks.thanks import Thanks
from models.workspaces import Workspace
from tests.examples import DAY, NOW
from tests.models.archive.keeping import a_circle, fill, the_people
from tests.world import WORKSPACE

KINDS = {
    "problems.card": Problem,
    "hangouts.invitation": Hangout,
    "hangouts.notes": Hangout,
    "consultancies.headline": Consultancy,
    "consultancies.outcome": Consultancy,
    "pilots.card": Pilot,
    "materials.card": Material,
    "thanks.card": Thanks,
}
THEIRS = ("Quiet students", "Five seconds", "Pairs before", "covering my class", "Exit ticket")
THEIRS += ("Fraction talk", "Ana", "Ben", "Chris", "wait time")


async def cards_of(db):
    """Return each card as it looks now, by its kind; all of them stand in the channel."""
    kinds = post_kinds()
    drawn = {}
    async with db() as session:
        for post in await session.scalars(select(Post).where(Post.ts.is_not(None))):
            message = await kinds[post.kind].draw(session, post, NOW)
            drawn[post.kind] = str(message.to_dict()) if message else ""
    return drawn


def theirs_in(card):
    return [one for one in THEIRS if one in card]


async def test_every_card_of_an_old_record_is_drawn_without_its_words_and_names(db):
    circle, lounge = await a_circle(db), await a_circle(db, channel_id="C0LOUNGE")
    await the_people(db)
    await fill(db, circle, lounge)
    async with db.begin() as session:
        session.add(Workspace(id=WORKSPACE, first_seen_at=NOW))
        for number, (kind, table) in enumerate(KINDS.items()):
            row = (await session.scalars(select(table).order_by(table.id).limit(1))).one()
            key = card_key(row) if table is Pilot else f"{kind}:{row.id}"
            at = {"kind": kind, "due_at": NOW, "about_id": row.id}
            post = await Post.add(session, key, circle.channel_id, **at)
            post.state, post.ts, post.channel_id = SAID, f"1.{number}", circle.channel_id
    before = await cards_of(db)

    async with db.begin() as session:
        for step in EMPTYING.values():
            await step(session, NOW + 100 * DAY, NOW + 500 * DAY, 100)
    after = await cards_of(db)

    assert set(before) == set(after) == set(KINDS)
    assert [kind for kind, card in before.items() if not theirs_in(card)] == []
    assert {kind: theirs_in(card) for kind, card in after.items() if theirs_in(card)} == {}
    async with db() as session:
        stale = await session.scalars(select(Post.kind).where(Post.redraw_at.is_not(None)))
    assert set(stale) == set(KINDS)
