"""Measures of style on votes; snapshots of leaderboards, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_snapshots"
down_revision = "0001_first"

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots "
        "BEGIN SELECT RAISE(ABORT, 'snapshots never change'); END",
        "CREATE TRIGGER snapshots_no_delete BEFORE DELETE ON snapshots "
        "BEGIN SELECT RAISE(ABORT, 'snapshots never change'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION snapshots_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'snapshots never change'; END $$",
        "CREATE TRIGGER snapshots_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshots "
        "FOR EACH STATEMENT EXECUTE FUNCTION snapshots_append_only()",
    ),
}


def upgrade() -> None:
    op.add_column("votes", sa.Column("features", sa.Text(), nullable=True))
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("arena", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("control", sa.String(length=20), nullable=False),
        sa.Column("made", sa.Double(), nullable=False),
        sa.Column("as_of", sa.Double(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("standings", sa.Text(), nullable=False),
        sa.Column("effects", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("arena", "category", "control", "last_seq", name="uq_snapshots_board"),
        sqlite_autoincrement=True,
    )
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
