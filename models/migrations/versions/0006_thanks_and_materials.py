"""Thanks, and materials."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "thanks_nudges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("colleague_id", sa.String(length=32), nullable=False),
        sa.Column("why_kind", sa.String(length=10), nullable=False),
        sa.Column("why_id", sa.Integer(), nullable=False),
        sa.Column("nudged_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_nudges")),
    )
    with op.batch_alter_table("thanks_nudges", schema=None) as batch_op:
        batch_op.create_index(
            "ix_thanks_nudges_member_id", ["member_id", "nudged_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_thanks_nudges_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "thanks_nudge_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_nudge_looks")),
        sa.UniqueConstraint(
            "workspace_id", "member_id", name=op.f("uq_thanks_nudge_looks_workspace_id_member_id")
        ),
    )
    with op.batch_alter_table("thanks_nudge_looks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thanks_nudge_looks_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("file_id", sa.String(length=32), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.Column("same_key", sa.String(length=64), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("grades", sa.String(length=60), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("licence", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("circle", sa.String(length=10), nullable=False),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("source_channel_id", sa.String(length=32), nullable=True),
        sa.Column("source_ts", sa.String(length=32), nullable=True),
        sa.Column("remix_of_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("edited_by", sa.String(length=32), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("next_check_at", sa.DateTime(), nullable=True),
        sa.Column("stale_at", sa.DateTime(), nullable=True),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_materials_community_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["remix_of_id"],
            ["materials.id"],
            name=op.f("fk_materials_remix_of_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint(
            "community_id", "same_key", name=op.f("uq_materials_community_id_same_key")
        ),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_materials_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_materials_file_id"), ["file_id"], unique=False)
        batch_op.create_index(
            "ix_materials_list", ["community_id", "circle", "saved_at"], unique=False
        )
        batch_op.create_index("ix_materials_mine", ["owner_id", "saved_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_materials_next_check_at"), ["next_check_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_materials_remix_of_id"), ["remix_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_materials_same_key"), ["same_key"], unique=False)
        batch_op.create_index(
            "ix_materials_source", ["source_channel_id", "source_ts"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_materials_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "thanks_customs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("emoji", sa.String(length=80), nullable=True),
        sa.Column("prompt_weekday", sa.Integer(), nullable=True),
        sa.Column("prompt_at", sa.Time(), nullable=True),
        sa.Column("next_prompt_at", sa.DateTime(), nullable=True),
        sa.Column("prompted_on", sa.Date(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_thanks_customs_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_customs")),
        sa.UniqueConstraint("community_id", name=op.f("uq_thanks_customs_community_id")),
    )
    with op.batch_alter_table("thanks_customs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thanks_customs_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "thanks_showers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("occasion", sa.String(length=150), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("arrives_at", sa.DateTime(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("called_off_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_thanks_showers_community_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_showers")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_thanks_showers_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("thanks_showers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thanks_showers_arrives_at"), ["arrives_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_thanks_showers_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_thanks_showers_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_thanks_showers_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "material_additions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_material_additions_material_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_additions")),
        sa.UniqueConstraint(
            "workspace_id",
            "request_key",
            name=op.f("uq_material_additions_workspace_id_request_key"),
        ),
    )
    with op.batch_alter_table("material_additions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_material_additions_material_id"), ["material_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_material_additions_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_material_additions_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "material_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("about_kind", sa.String(length=10), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("attached_by", sa.String(length=32), nullable=False),
        sa.Column("attached_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_material_places_material_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_places")),
        sa.UniqueConstraint(
            "material_id",
            "about_kind",
            "about_id",
            name=op.f("uq_material_places_material_id_about_kind_about_id"),
        ),
    )
    with op.batch_alter_table("material_places", schema=None) as batch_op:
        batch_op.create_index("ix_material_places_about", ["about_kind", "about_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_material_places_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("about_kind", sa.String(length=10), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("source_channel_id", sa.String(length=32), nullable=True),
        sa.Column("source_ts", sa.String(length=32), nullable=True),
        sa.Column("back_of_id", sa.Integer(), nullable=True),
        sa.Column("shower_id", sa.Integer(), nullable=True),
        sa.Column("thanked_at", sa.DateTime(), nullable=False),
        sa.Column("arrives_at", sa.DateTime(), nullable=True),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["back_of_id"], ["thanks.id"], name=op.f("fk_thanks_back_of_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_thanks_community_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shower_id"],
            ["thanks_showers.id"],
            name=op.f("fk_thanks_shower_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint(
            "workspace_id", "request_key", name=op.f("uq_thanks_workspace_id_request_key")
        ),
    )
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index("ix_thanks_given", ["giver_id", "thanked_at"], unique=False)
        batch_op.create_index(
            "ix_thanks_public", ["community_id", "is_private", "thanked_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_thanks_shower_id"), ["shower_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thanks_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "material_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("pilot_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_material_uses_material_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilots.id"], name=op.f("fk_material_uses_pilot_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_uses")),
        sa.UniqueConstraint(
            "material_id", "member_id", name=op.f("uq_material_uses_material_id_member_id")
        ),
    )
    with op.batch_alter_table("material_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_uses_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_material_uses_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "thanks_receivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thanks_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["thanks_id"],
            ["thanks.id"],
            name=op.f("fk_thanks_receivers_thanks_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_receivers")),
        sa.UniqueConstraint(
            "thanks_id", "member_id", name=op.f("uq_thanks_receivers_thanks_id_member_id")
        ),
    )
    with op.batch_alter_table("thanks_receivers", schema=None) as batch_op:
        batch_op.create_index("ix_thanks_receivers_mine", ["member_id", "thanks_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_thanks_receivers_workspace_id"), ["workspace_id"], unique=False
        )

    op.create_table(
        "thanks_seconds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thanks_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("emoji", sa.String(length=80), nullable=False),
        sa.Column("seconded_at", sa.DateTime(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["thanks_id"],
            ["thanks.id"],
            name=op.f("fk_thanks_seconds_thanks_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_seconds")),
        sa.UniqueConstraint(
            "thanks_id",
            "member_id",
            "by",
            "emoji",
            name=op.f("uq_thanks_seconds_thanks_id_member_id_by_emoji"),
        ),
    )
    with op.batch_alter_table("thanks_seconds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thanks_seconds_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_thanks_seconds_workspace_id"), ["workspace_id"], unique=False
        )

    op.add_column(
        "members",
        sa.Column("is_thanked_quietly", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("members", "is_thanked_quietly")
    op.drop_table("thanks_seconds")
    op.drop_table("thanks_receivers")
    op.drop_table("material_uses")
    op.drop_table("thanks")
    op.drop_table("material_places")
    op.drop_table("material_additions")
    op.drop_table("thanks_showers")
    op.drop_table("thanks_customs")
    op.drop_table("materials")
    op.drop_table("thanks_nudge_looks")
    op.drop_table("thanks_nudges")
