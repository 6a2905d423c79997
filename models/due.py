"""What may be carried now: the questions a postman asks, put together once and asked often.

Putting one together costs more than asking it. Each takes the moments of `moments(now)`; those that
leave out places take them as `busy`, those that take posts take at most `limit`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from models.posts import (
    CLAIM_LASTS,
    DUE,
    FAILED,
    LONGEST_HOLD,
    MISSED,
    PACE,
    REDRAW_PACE,
    SAID,
    SENDING,
    Post,
)
from models.time import UtcDateTime


def moments(now: datetime) -> dict[str, Any]:
    """Return what the questions compare with."""
    return {
        "now": now,
        "too_far_ahead": now + LONGEST_HOLD + CLAIM_LASTS,
        "a_pace_ago": now - PACE,
        "a_pace_ahead": now + PACE,
        "a_redraw_ago": now - REDRAW_PACE,
        "a_redraw_ahead": now + REDRAW_PACE,
    }


def _moment(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=UtcDateTime())


def _is_over(claimed_until: Any) -> ColumnElement[bool]:
    """Say whether a claim has run out, or is so far ahead that the clock was set back since."""
    return or_(claimed_until < _moment("now"), claimed_until > _moment("too_far_ahead"))


def _is_due() -> ColumnElement[bool]:
    left_behind = and_(Post.state.in_([SENDING, FAILED]), _is_over(Post.claimed_until))
    return or_(and_(Post.state == DUE, Post.due_at <= _moment("now")), left_behind)


def _parent_is_settled() -> ColumnElement[bool]:
    # A post that failed may be said after all, and then its replies follow.
    parent = aliased(Post)
    waiting = exists().where(
        parent.workspace_id == Post.workspace_id,
        parent.key == Post.thread_of,
        parent.state.in_([DUE, SENDING, FAILED]),
    )
    return or_(Post.thread_of.is_(None), ~waiting)


def _place_is_free() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    other, earlier = aliased(Post), aliased(Post)
    on_its_way = exists().where(
        other.workspace_id == Post.workspace_id,
        other.place_id == Post.place_id,
        other.state == SENDING,
        ~_is_over(other.claimed_until),
    )
    # The upper bound is for a clock that was set back; without it the place would wait for days.
    just_said = exists().where(
        earlier.workspace_id == Post.workspace_id,
        earlier.place_id == Post.place_id,
        earlier.state == SAID,
        earlier.said_at.between(_moment("a_pace_ago"), _moment("a_pace_ahead")),
    )
    return ~on_its_way, ~just_said


def _free() -> Select[Post]:
    """Select the first due post of each place in which nobody is busy."""
    first = (
        select(
            Post.id,
            func.row_number()
            .over(partition_by=(Post.workspace_id, Post.place_id), order_by=(Post.due_at, Post.id))
            .label("rank"),
        )
        .where(
            _is_due(), _parent_is_settled(), Post.place_id.not_in(bindparam("busy", expanding=True))
        )
        .subquery()
    )
    # PostgreSQL looks at a row again once it has the lock, but not at the subquery: what somebody
    # cancelled in between must fail the condition out here.
    is_first = Post.id.in_(select(first.c.id).where(first.c.rank == 1))
    return select(Post).where(is_first, _is_due(), *_place_is_free())


def _is_stale() -> ColumnElement[bool]:
    return and_(Post.state == SAID, Post.redraw_at <= _moment("now"))


def _free_cards() -> Select[Post]:
    just_drawn = Post.drawn_at.between(_moment("a_redraw_ago"), _moment("a_redraw_ahead"))
    return select(Post).where(
        _is_stale(),
        or_(Post.claimed_until.is_(None), _is_over(Post.claimed_until)),
        or_(Post.drawn_at.is_(None), ~just_drawn),
    )


def _late() -> Select[Post]:
    # What was perhaps said is looked for first, however late it is.
    return select(Post).where(
        Post.state == DUE, Post.useful_until < _moment("now"), Post.maybe_said_since.is_(None)
    )


def _taken(free: Select[Post], *order: Any) -> Select[Post]:
    most = bindparam("limit", type_=Integer())
    return free.order_by(*order).limit(most).with_for_update(skip_locked=True)


def _any_of(*kinds_of_posts: Select[Post]) -> Select[bool]:
    # Each finds its own index, and the first that finds a post ends the search.
    return select(or_(*(exists(posts.with_only_columns(Post.id)) for posts in kinds_of_posts)))


SAYABLE = _taken(_free(), Post.due_at, Post.id)
REDRAWABLE = _taken(_free_cards(), Post.redraw_at, Post.id)
GIVEN_UP = (
    update(Post)
    .where(Post.id.in_(_late().with_only_columns(Post.id)), Post.state == DUE)
    .values(state=MISSED)
    .returning(Post.key)
    .execution_options(synchronize_session=False)
)
ANYTHING_DUE = _any_of(
    select(Post).where(_is_due(), _parent_is_settled()),
    # A failure is on its way until somebody was told of it.
    select(Post).where(Post.state.in_([SENDING, FAILED]), Post.claimed_until.is_not(None)),
    select(Post).where(_is_stale()),
    _late(),
)
ANYTHING_FREE = _any_of(_free(), _free_cards(), _late())
