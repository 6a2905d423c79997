"""Problems of practice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "problems",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("happening", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("question", sa.String(length=300), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("source_permalink", sa.Text(), nullable=True),
        sa.Column("shared_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_problems_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_problems_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problems_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_problems_list", ["community_id", "shared_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_problems_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "problem_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_problem_answers_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_answers")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_problem_answers_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("problem_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_answers_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "hidden_authors",
        sa.Column("problem_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_hidden_authors_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_hidden_authors")),
    )
    with op.batch_alter_table("hidden_authors", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hidden_authors_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hidden_authors_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "problem_helpers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_problem_helpers_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_helpers")),
        sa.UniqueConstraint(
            "problem_id", "member_id", name=op.f("uq_problem_helpers_problem_id_member_id")
        ),
    )
    with op.batch_alter_table("problem_helpers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_helpers_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_problem_helpers_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "problem_interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_problem_interests_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_interests")),
        sa.UniqueConstraint(
            "problem_id", "member_id", name=op.f("uq_problem_interests_problem_id_member_id")
        ),
    )
    with op.batch_alter_table("problem_interests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_interests_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_problem_interests_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "problem_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_problem_replies_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_replies")),
        sa.UniqueConstraint("problem_id", "ts", name=op.f("uq_problem_replies_problem_id_ts")),
    )
    with op.batch_alter_table("problem_replies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_replies_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_problem_replies_workspace_id"), ["workspace_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("problem_answers")
    with op.batch_alter_table("problem_replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_replies_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_problem_replies_member_id"))

    op.drop_table("problem_replies")
    with op.batch_alter_table("problem_interests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_interests_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_problem_interests_member_id"))

    op.drop_table("problem_interests")
    with op.batch_alter_table("problem_helpers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_helpers_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_problem_helpers_member_id"))

    op.drop_table("problem_helpers")
    with op.batch_alter_table("hidden_authors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hidden_authors_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_hidden_authors_member_id"))

    op.drop_table("hidden_authors")
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problems_workspace_id"))
        batch_op.drop_index("ix_problems_list")
        batch_op.drop_index(batch_op.f("ix_problems_author_id"))

    op.drop_table("problems")
