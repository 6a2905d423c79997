"""The tool belt, pilots and the pictures drawn of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "practices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starter_key", sa.String(length=40), nullable=True),
        sa.Column("request_key", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("fits", sa.Text(), nullable=True),
        sa.Column("materials", sa.Text(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("grades", sa.String(length=60), nullable=True),
        sa.Column("added_by", sa.String(length=32), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("edited_by", sa.String(length=32), nullable=True),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_practices_workspace_id_request_key")
        ),
        sa.UniqueConstraint(
            "workspace_id", "starter_key", name=op.f("uq_practices_workspace_id_starter_key")
        ),
    )
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practices_added_by"), ["added_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_practices_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "stored_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_pictures")),
        sa.UniqueConstraint(
            "workspace_id", "fingerprint", name=op.f("uq_stored_pictures_workspace_id_fingerprint")
        ),
    )
    with op.batch_alter_table("stored_pictures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stored_pictures_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "practice_menus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("practice_ids", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("is_posted", sa.Boolean(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_practice_menus_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_menus")),
        sa.UniqueConstraint("community_id", name=op.f("uq_practice_menus_community_id")),
    )
    with op.batch_alter_table("practice_menus", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_menus_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "pilots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=True),
        sa.Column("practice_name", sa.String(length=80), nullable=False),
        sa.Column("inspired_by_id", sa.Integer(), nullable=True),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("prediction", sa.Text(), nullable=False),
        sa.Column("with_class", sa.String(length=80), nullable=True),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("measure_name", sa.String(length=150), nullable=False),
        sa.Column("unit", sa.String(length=30), nullable=True),
        sa.Column("better", sa.String(length=6), nullable=False),
        sa.Column("goal", sa.Double(), nullable=True),
        sa.Column("baseline", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("ask_at", sa.Time(), nullable=False),
        sa.Column("circle", sa.String(length=10), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("stopped_rhythm", sa.String(length=12), nullable=True),
        sa.Column("next_ask_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("as_planned", sa.String(length=10), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("matched", sa.String(length=10), nullable=True),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("shared_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_pilots_community_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["pilots.id"], name=op.f("fk_pilots_first_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["inspired_by_id"],
            ["pilots.id"],
            name=op.f("fk_pilots_inspired_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"],
            ["practices.id"],
            name=op.f("fk_pilots_practice_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problems.id"], name=op.f("fk_pilots_problem_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilots")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_pilots_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("pilots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilots_first_id"), ["first_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pilots_inspired_by_id"), ["inspired_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_pilots_list", ["community_id", "circle", "started_at"], unique=False
        )
        batch_op.create_index("ix_pilots_mine", ["member_id", "started_at"], unique=False)
        batch_op.create_index("ix_pilots_next_ask_at", ["next_ask_at"], unique=False)
        batch_op.create_index("ix_pilots_practice", ["practice_id", "circle"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilots_problem_id"), ["problem_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pilots_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("saw", sa.Text(), nullable=True),
        sa.Column("surprised", sa.Text(), nullable=True),
        sa.Column("evidence_url", sa.Text(), nullable=True),
        sa.Column("evidence_file_id", sa.String(length=32), nullable=True),
        sa.Column("evidence_name", sa.String(length=255), nullable=True),
        sa.Column("logged_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_observations_pilot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_observations_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("observations", schema=None) as batch_op:
        batch_op.create_index("ix_observations_pilot", ["pilot_id", "on_date"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_observations_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "pilot_champions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"],
            ["pilots.id"],
            name=op.f("fk_pilot_champions_pilot_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_champions")),
        sa.UniqueConstraint(
            "pilot_id", "member_id", name=op.f("uq_pilot_champions_pilot_id_member_id")
        ),
    )
    with op.batch_alter_table("pilot_champions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_champions_pilot_id"), ["pilot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pilot_champions_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "pilot_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_pilot_changes_pilot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_changes")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_pilot_changes_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("pilot_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_changes_pilot_id"), ["pilot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pilot_changes_workspace_id"), ["workspace_id"], unique=False
        )

    op.add_column("members", sa.Column("school", sa.String(length=80), nullable=True))


def downgrade() -> None:
    op.drop_column("members", "school")

    with op.batch_alter_table("pilot_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_changes_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_changes_pilot_id"))

    op.drop_table("pilot_changes")
    with op.batch_alter_table("pilot_champions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_champions_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_pilot_champions_pilot_id"))

    op.drop_table("pilot_champions")
    with op.batch_alter_table("observations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observations_workspace_id"))
        batch_op.drop_index("ix_observations_pilot")

    op.drop_table("observations")
    with op.batch_alter_table("pilots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilots_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_pilots_problem_id"))
        batch_op.drop_index("ix_pilots_practice")
        batch_op.drop_index("ix_pilots_next_ask_at")
        batch_op.drop_index("ix_pilots_mine")
        batch_op.drop_index("ix_pilots_list")
        batch_op.drop_index(batch_op.f("ix_pilots_inspired_by_id"))
        batch_op.drop_index(batch_op.f("ix_pilots_first_id"))

    op.drop_table("pilots")
    with op.batch_alter_table("practice_menus", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_menus_workspace_id"))

    op.drop_table("practice_menus")
    with op.batch_alter_table("stored_pictures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_pictures_workspace_id"))

    op.drop_table("stored_pictures")
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practices_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_practices_added_by"))

    op.drop_table("practices")
