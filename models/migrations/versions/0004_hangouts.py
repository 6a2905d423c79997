"""Hangouts and consultancies."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "hangout_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("facilitators", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("skipped_on", sa.JSON(), nullable=False),
        sa.Column("school_days", sa.JSON(), nullable=False),
        sa.Column("school_calendar", sa.String(length=255), nullable=True),
        sa.Column("holidays", sa.String(length=20), nullable=True),
        sa.Column("planned_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("next_plan_at", sa.DateTime(), nullable=True),
        sa.Column("schedule_number", sa.Integer(), nullable=False),
        sa.Column("pinned_ts", sa.String(length=32), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_hangout_series_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hangout_series")),
        sa.UniqueConstraint("community_id", name=op.f("uq_hangout_series_community_id")),
    )
    with op.batch_alter_table("hangout_series", schema=None) as batch_op:
        batch_op.create_index("ix_hangout_series_next_plan_at", ["next_plan_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hangout_series_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "protocols",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("based_on", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("is_asynchronous", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_protocols_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocols")),
    )
    with op.batch_alter_table("protocols", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_protocols_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_protocols_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "hangouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("occurs_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("tz", sa.String(length=64), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("facilitator_id", sa.String(length=32), nullable=False),
        sa.Column("is_swapped", sa.Boolean(), nullable=False),
        sa.Column("skill", sa.String(length=200), nullable=True),
        sa.Column("moved_from", sa.DateTime(), nullable=True),
        sa.Column("is_moved", sa.Boolean(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(), nullable=True),
        sa.Column("called_off_why", sa.String(length=200), nullable=True),
        sa.Column("is_off_by_series", sa.Boolean(), nullable=False),
        sa.Column("last_change", sa.JSON(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("noted_by", sa.String(length=32), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_hangouts_community_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["hangout_series.id"],
            name=op.f("fk_hangouts_series_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hangouts")),
        sa.UniqueConstraint("series_id", "occurs_on", name=op.f("uq_hangouts_series_id_occurs_on")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("hangouts", schema=None) as batch_op:
        batch_op.create_index("ix_hangouts_community", ["community_id", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_hangouts_unclosed",
            ["ends_at"],
            unique=False,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_hangouts_unopened",
            ["starts_at"],
            unique=False,
            postgresql_where=sa.text("opened_at IS NULL AND closed_at IS NULL"),
            sqlite_where=sa.text("opened_at IS NULL AND closed_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_hangouts_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "consultancies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("hangout_id", sa.Integer(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("presenter_id", sa.String(length=32), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("protocol_name", sa.String(length=80), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("is_asynchronous", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("step_began_at", sa.DateTime(), nullable=True),
        sa.Column("step_ends_at", sa.DateTime(), nullable=True),
        sa.Column("step_moments", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("next_step_at", sa.DateTime(), nullable=True),
        sa.Column("thanks", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_consultancies_community_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["hangout_id"],
            ["hangouts.id"],
            name=op.f("fk_consultancies_hangout_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_consultancies_problem_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultancies")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_consultancies_workspace_id_key")),
    )
    with op.batch_alter_table("consultancies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consultancies_community", ["community_id", "opened_at"], unique=False
        )
        batch_op.create_index("ix_consultancies_hangout_id", ["hangout_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_consultancies_presenter_id"), ["presenter_id"], unique=False
        )
        batch_op.create_index("ix_consultancies_problem_id", ["problem_id"], unique=False)
        batch_op.create_index(
            "ix_consultancies_unfinished",
            ["step_ends_at"],
            unique=False,
            postgresql_where=sa.text("finished_at IS NULL"),
            sqlite_where=sa.text("finished_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_consultancies_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "hangout_signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hangout_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("is_coming", sa.Boolean(), nullable=False),
        sa.Column("presenting", sa.String(length=10), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("offered_until", sa.DateTime(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=True),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["hangout_id"],
            ["hangouts.id"],
            name=op.f("fk_hangout_signups_hangout_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_hangout_signups_problem_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hangout_signups")),
        sa.UniqueConstraint(
            "hangout_id", "member_id", name=op.f("uq_hangout_signups_hangout_id_member_id")
        ),
    )
    with op.batch_alter_table("hangout_signups", schema=None) as batch_op:
        batch_op.create_index("ix_hangout_signups_member_id", ["member_id"], unique=False)
        batch_op.create_index(
            "ix_hangout_signups_offered_until",
            ["offered_until"],
            unique=False,
            postgresql_where=sa.text("offered_until IS NOT NULL"),
            sqlite_where=sa.text("offered_until IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_hangout_signups_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "hangout_swaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hangout_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.String(length=32), nullable=False),
        sa.Column("substitute_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["hangout_id"],
            ["hangouts.id"],
            name=op.f("fk_hangout_swaps_hangout_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hangout_swaps")),
    )
    with op.batch_alter_table("hangout_swaps", schema=None) as batch_op:
        batch_op.create_index("ix_hangout_swaps_hangout_id", ["hangout_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hangout_swaps_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "consultancy_follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultancy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultancy_id"],
            ["consultancies.id"],
            name=op.f("fk_consultancy_follow_ups_consultancy_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultancy_follow_ups")),
        sa.UniqueConstraint(
            "consultancy_id", "number", name=op.f("uq_consultancy_follow_ups_consultancy_id_number")
        ),
    )
    with op.batch_alter_table("consultancy_follow_ups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultancy_follow_ups_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "consultancy_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultancy_id", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultancy_id"],
            ["consultancies.id"],
            name=op.f("fk_consultancy_questions_consultancy_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultancy_questions")),
        sa.UniqueConstraint(
            "consultancy_id", "ts", name=op.f("uq_consultancy_questions_consultancy_id_ts")
        ),
    )
    with op.batch_alter_table("consultancy_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultancy_questions_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consultancy_questions_workspace_id"), ["workspace_id"], unique=False
        )

    op.add_column("members", sa.Column("away_from", sa.Date(), nullable=True))
    op.add_column("members", sa.Column("away_until", sa.Date(), nullable=True))
    help_wanted = sa.Column(
        "wanted_help", sa.String(length=20), nullable=False, server_default="ideas"
    )
    op.add_column("problems", help_wanted)
    asks: sa.Column[bool] = sa.Column(
        "is_question", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("problem_replies", asks)


def downgrade() -> None:
    op.drop_column("problem_replies", "is_question")
    op.drop_column("problems", "wanted_help")
    op.drop_column("members", "away_until")
    op.drop_column("members", "away_from")
    for table in (
        "consultancy_questions",
        "consultancy_follow_ups",
        "hangout_swaps",
        "hangout_signups",
        "consultancies",
        "hangouts",
        "protocols",
        "hangout_series",
    ):
        op.drop_table(table)
