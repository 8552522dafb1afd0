"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_first"
down_revision = None

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER events_no_update BEFORE UPDATE ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$",
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()",
    ),
}


def upgrade() -> None:
    _tables()
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "battles",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("arena", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("entry_a", sa.String(length=120), nullable=False),
        sa.Column("entry_b", sa.String(length=120), nullable=True),
        sa.Column("propensity", sa.Double(), nullable=True),
        sa.Column("salt", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("share", sa.String(length=40), nullable=True),
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_battles")),
        sa.UniqueConstraint("share"),
    )
    op.create_index("ix_battles_visitor_created", "battles", ["visitor", "created"], unique=False)
    op.create_table(
        "events",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_events_subject"), "events", ["subject"], unique=False)
    op.create_table(
        "models",
        sa.Column("entry", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("current", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("added", sa.Double(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_models")),
    )
    op.create_index(op.f("ix_models_name"), "models", ["name"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("revoked", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "visitors",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
    )
    op.create_table(
        "answers",
        sa.Column("battle", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=20), nullable=True),
        sa.Column("finish", sa.String(length=20), nullable=True),
        sa.Column("first_token", sa.Double(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("tokens", sa.Integer(), nullable=True),
        sa.Column("names_itself", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["battle"], ["battles.id"], name=op.f("fk_answers_battle")),
        sa.PrimaryKeyConstraint("battle", "number", "side", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_status"), "answers", ["status"], unique=False)
    op.create_table(
        "turns",
        sa.Column("battle", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["battle"], ["battles.id"], name=op.f("fk_turns_battle")),
        sa.PrimaryKeyConstraint("battle", "number", name=op.f("pk_turns")),
    )
    op.create_table(
        "votes",
        sa.Column("battle", sa.String(length=40), nullable=False),
        sa.Column("arena", sa.String(length=32), nullable=False),
        sa.Column("entry_a", sa.String(length=120), nullable=False),
        sa.Column("entry_b", sa.String(length=120), nullable=False),
        sa.Column("choice", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("excluded", sa.String(length=40), nullable=True),
        sa.Column("created", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["battle"], ["battles.id"], name=op.f("fk_votes_battle")),
        sa.PrimaryKeyConstraint("battle", name=op.f("pk_votes")),
    )
    op.create_index(
        "ix_votes_arena_pair", "votes", ["arena", "entry_a", "entry_b", "choice"], unique=False
    )
    op.create_table(
        "vote_categories",
        sa.Column("battle", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["battle"], ["votes.battle"], name=op.f("fk_vote_categories_battle")
        ),
        sa.PrimaryKeyConstraint("battle", "category", name=op.f("pk_vote_categories")),
    )
    op.create_index("ix_vote_categories_category", "vote_categories", ["category"], unique=False)
