"""Search."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Words are taken apart and stemmed by models/search; the index splits at spaces and nowhere else.
SQLITE = (
    """
    CREATE VIRTUAL TABLE search_fts USING fts5(
        terms, content = 'search_entries', content_rowid = 'id', detail = 'none', columnsize = 0,
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    )
    """,
    """
    CREATE TRIGGER search_fts_added AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_fts (rowid, terms) VALUES (new.id, new.terms);
    END
    """,
    """
    CREATE TRIGGER search_fts_removed AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_fts (search_fts, rowid, terms) VALUES ('delete', old.id, old.terms);
    END
    """,
    """
    CREATE TRIGGER search_fts_changed AFTER UPDATE ON search_entries BEGIN
        INSERT INTO search_fts (search_fts, rowid, terms) VALUES ('delete', old.id, old.terms);
        INSERT INTO search_fts (rowid, terms) VALUES (new.id, new.terms);
    END
    """,
)
POSTGRESQL = (
    """
    ALTER TABLE search_entries ADD COLUMN search_fts tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED
    """,
    # A list of pending changes would make writing faster, and each search read all of it.
    """
    CREATE INDEX search_fts_terms ON search_entries USING gin (search_fts)
        WITH (fastupdate = off)
    """,
)


def by_code_point() -> sa.types.TypeEngine[str]:
    return sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint(
            "workspace_id",
            "kind",
            "about_id",
            name=op.f("uq_search_entries_workspace_id_kind_about_id"),
        ),
    )
    op.create_table(
        "search_words",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("sight", sa.String(length=60), nullable=False),
        sa.Column("word", by_code_point(), nullable=False),
        sa.Column("backwards", by_code_point(), nullable=False),
        sa.Column("stem", by_code_point(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "sight", "word", name=op.f("pk_search_words")),
    )
    for column in ("backwards", "stem"):
        op.create_index(
            f"ix_search_words_{column}", "search_words", ["workspace_id", "sight", column]
        )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    # Triggers, the generated column and all indexes go with their tables.
    op.drop_table("search_words")
    op.drop_table("search_entries")
