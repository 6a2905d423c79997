"""Posts in any state, and postmen who claim them."""

from models import claims
from models.posts import Post
from tests.examples import NOW


async def keep(db, key, place_id="C1", **traits):
    given = {"kind": "note", "due_at": NOW, "workspace_id": "T0STAFF"}
    async with db.begin() as session:
        session.add(Post(key=key, place_id=place_id, **given | traits))


async def taken(db, now=NOW, postman="we", **options):
    async with db.begin() as session:
        found = await claims.take(session, postman, now, **options)
    return [claim.post.key for claim in found]


async def stale(db, now=NOW, postman="we"):
    async with db.begin() as session:
        return [post.key for post in await claims.take_stale(session, postman, now)]


async def row(db, key):
    async with db() as session:
        return await Post.keyed(session, key)
