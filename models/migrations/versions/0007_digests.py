"""Digests, a community's own words, and what a member may have deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MEMBERS = (
    "days_off",
    "subjects",
    "grades",
    "is_silent",
    "has_digest",
    "digest_chosen_at",
    "next_digest_at",
    "welcomed_at",
)
# What `stop` switched off until there was a column for it: before there were thanks, and since.
STOPPED_BEFORE_THANKS = (
    "hangouts.reminders",
    "hangouts.seats",
    "hangouts.changes",
    "hangouts.afterwards",
    "hangouts.facilitating",
    "consultancies.questions",
    "problems.answers",
    "problems.offers",
    "problems.changes",
    "pilots.asks",
    "pilots.news",
    "posts.trouble",
)
SINCE_THANKS = (
    "thanks.receiving",
    "thanks.ideas",
    "thanks.showers",
    "materials.news",
    "materials.checks",
)
STOPPED = (*STOPPED_BEFORE_THANKS, *SINCE_THANKS)
PEOPLE = sa.table("members", sa.column("id"), sa.column("muted", sa.JSON()), sa.column("is_silent"))
WORKSPACES = ("keeps_months", "keeps_changed_at", "keeps_told_at")


def upgrade() -> None:
    op.create_table(
        "digest_customs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_digest_customs_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_customs")),
        sa.UniqueConstraint("community_id", name=op.f("uq_digest_customs_community_id")),
    )
    op.create_index(op.f("ix_digest_customs_next_at"), "digest_customs", ["next_at"])
    op.create_index(op.f("ix_digest_customs_workspace_id"), "digest_customs", ["workspace_id"])
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_digests_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("community_id", "week", name=op.f("uq_digests_community_id_week")),
    )
    op.create_index(op.f("ix_digests_workspace_id"), "digests", ["workspace_id"])
    _create_network_digests()
    op.create_table(
        "own_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("spot", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_own_words_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_words")),
        sa.UniqueConstraint("community_id", "spot", name=op.f("uq_own_words_community_id_spot")),
    )
    op.create_index(op.f("ix_own_words_workspace_id"), "own_words", ["workspace_id"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_erasures_workspace_id_request_key")
        ),
    )
    op.create_index(op.f("ix_erasures_workspace_id"), "erasures", ["workspace_id"])
    op.add_column("members", sa.Column("days_off", sa.JSON(), nullable=True))
    op.add_column("members", sa.Column("subjects", sa.String(length=80), nullable=True))
    op.add_column("members", sa.Column("grades", sa.String(length=80), nullable=True))
    for name in ("is_silent", "has_digest"):
        no: sa.Column[bool] = sa.Column(
            name, sa.Boolean(), nullable=False, server_default=sa.false()
        )
        op.add_column("members", no)
    _silence_who_said_stop()
    op.add_column("members", sa.Column("digest_chosen_at", sa.DateTime(), nullable=True))
    op.add_column("members", sa.Column("next_digest_at", sa.DateTime(), nullable=True))
    op.add_column("members", sa.Column("welcomed_at", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_members_next_digest_at"), "members", ["next_digest_at"])
    op.add_column("workspaces", sa.Column("keeps_months", sa.Integer(), nullable=True))
    op.add_column("workspaces", sa.Column("keeps_changed_at", sa.DateTime(), nullable=True))
    op.add_column("workspaces", sa.Column("keeps_told_at", sa.DateTime(), nullable=True))
    op.add_column("communities", sa.Column("put_off", sa.JSON(), nullable=True))
    op.add_column("problems", sa.Column("forgets_at", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_problems_forgets_at"), "problems", ["forgets_at"])
    for moment in ("shared", "finished"):
        op.create_index(f"ix_pilots_{moment}", "pilots", ["community_id", f"{moment}_at"])
    is_known = sa.text("problem_id IS NOT NULL")
    op.create_index(
        "ix_hangout_signups_problem_id",
        "hangout_signups",
        ["problem_id"],
        postgresql_where=is_known,
        sqlite_where=is_known,
    )


def _create_network_digests() -> None:
    op.create_table(
        "network_digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("community_ids", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.Column("set_up_by", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_digests")),
        sa.UniqueConstraint(
            "workspace_id", "channel_id", name=op.f("uq_network_digests_workspace_id_channel_id")
        ),
    )
    op.create_index(op.f("ix_network_digests_next_at"), "network_digests", ["next_at"])
    op.create_index(op.f("ix_network_digests_workspace_id"), "network_digests", ["workspace_id"])
    op.create_table(
        "network_digest_weeks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["network_digests.id"],
            name=op.f("fk_network_digest_weeks_network_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_digest_weeks")),
        sa.UniqueConstraint(
            "network_id", "week", name=op.f("uq_network_digest_weeks_network_id_week")
        ),
    )
    op.create_index(
        op.f("ix_network_digest_weeks_workspace_id"), "network_digest_weeks", ["workspace_id"]
    )


def _silence_who_said_stop() -> None:
    """Note who said stop. What they had switched off before that is not known any more."""
    connection = op.get_bind()
    people = connection.execute(sa.select(PEOPLE.c.id, PEOPLE.c.muted)).all()
    for person, muted in people:
        if _had_said_stop(set(muted)):
            silent = sa.update(PEOPLE).where(PEOPLE.c.id == person)
            connection.execute(silent.values(muted=[], is_silent=sa.true()))


def _had_said_stop(muted: set[str]) -> bool:
    """Say whether all was off; who chose among the later letters said stop no more."""
    if not muted.issuperset(STOPPED_BEFORE_THANKS):
        return False
    return muted.issuperset(SINCE_THANKS) or muted.isdisjoint(SINCE_THANKS)


def downgrade() -> None:
    silent = sa.update(PEOPLE).where(PEOPLE.c.is_silent == sa.true())
    op.execute(silent.values(muted=list(STOPPED)))
    op.drop_index("ix_hangout_signups_problem_id", "hangout_signups")
    for moment in ("shared", "finished"):
        op.drop_index(f"ix_pilots_{moment}", "pilots")
    op.drop_index(op.f("ix_problems_forgets_at"), "problems")
    op.drop_column("problems", "forgets_at")
    op.drop_column("communities", "put_off")
    for column in WORKSPACES:
        op.drop_column("workspaces", column)
    op.drop_index(op.f("ix_members_next_digest_at"), "members")
    for column in MEMBERS:
        op.drop_column("members", column)
    networks = ("network_digest_weeks", "network_digests")
    for table in ("erasures", "own_words", *networks, "digests", "digest_customs"):
        op.drop_table(table)
