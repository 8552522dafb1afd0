"""The tables, the same on SQLite and PostgreSQL. JSON is kept as text; times as Unix seconds."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

models = Table(
    "models",
    metadata,
    Column("entry", String(120), primary_key=True),
    Column("name", String(80), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("source", String(80), nullable=False),
    Column("current", Boolean, nullable=False, server_default=true()),
    Column("added", Double, nullable=False),
    Column("data", Text, nullable=False),
)

battles = Table(
    "battles",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("arena", String(32), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("visitor", String(40), nullable=False),
    Column("entry_a", String(120), nullable=False),
    Column("entry_b", String(120)),
    Column("propensity", Double),
    Column("salt", String(40), nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("created", Double, nullable=False),
    Column("title", String(120), nullable=False),
    Column("share", String(40), unique=True),
    Column("deleted", Boolean, nullable=False, server_default=false()),
    Index("ix_battles_visitor_created", "visitor", "created"),
)

turns = Table(
    "turns",
    metadata,
    Column("battle", ForeignKey("battles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("prompt", Text, nullable=False),
    Column("search", Text, nullable=False),
    Column("base", Integer),
)

answers = Table(
    "answers",
    metadata,
    Column("battle", ForeignKey("battles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("side", String(1), primary_key=True),
    Column("status", String(12), nullable=False, index=True),
    Column("parts", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("failure", String(20)),
    Column("finish", String(20)),
    Column("first_token", Double),
    Column("seconds", Double),
    Column("tokens", Integer),
    Column("names_itself", Boolean, nullable=False, server_default=false()),
    Column("use", Text),
)

votes = Table(
    "votes",
    metadata,
    Column("battle", ForeignKey("battles.id"), primary_key=True),
    Column("arena", String(32), nullable=False),
    Column("entry_a", String(120), nullable=False),
    Column("entry_b", String(120), nullable=False),
    Column("choice", String(10), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("visitor", String(40), nullable=False),
    Column("excluded", String(40)),
    Column("created", Double, nullable=False),
    Column("features", Text),
    Column("evidence", Text),
    Column("aspects", Text),
    Column("flags", Text),
    Column("occupation", String(32)),
    Column("specialty", String(40)),
    Column("tier", String(20)),
    Column("expert", Boolean),
    Index("ix_votes_arena_pair", "arena", "entry_a", "entry_b", "choice"),
)

vote_categories = Table(
    "vote_categories",
    metadata,
    Column("battle", ForeignKey("votes.battle"), primary_key=True),
    Column("category", String(40), primary_key=True),
    Index("ix_vote_categories_category", "category"),
)

classified = Table(
    "classified",
    metadata,
    Column("battle", ForeignKey("votes.battle"), primary_key=True),
    Column("classifier", String(120), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    Column("at", Double, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", String(120), nullable=False, index=True),
    Column("data", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    sqlite_autoincrement=True,
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("arena", String(32), nullable=False),
    Column("category", String(40), nullable=False),
    Column("control", String(20), nullable=False),
    Column("aspect", String(32), nullable=False, server_default=""),
    Column("voters", String(60), nullable=False, server_default=""),
    Column("made", Double, nullable=False),
    Column("as_of", Double, nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("votes", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("parameters", Text, nullable=False),
    Column("standings", Text, nullable=False),
    Column("effects", Text, nullable=False),
    Column("notes", Text, nullable=False),
    UniqueConstraint(
        "arena", "category", "control", "aspect", "voters", "last_seq", name="uq_snapshots_board"
    ),
    sqlite_autoincrement=True,
)

artifacts = Table(
    "artifacts",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(40)),
    Column("width", Integer),
    Column("height", Integer),
    Column("perceptual", String(16)),
    Column("kept", Double, nullable=False, index=True),
)

artifact_uses = Table(
    "artifact_uses",
    metadata,
    Column("digest", ForeignKey("artifacts.digest"), primary_key=True),
    Column("battle", ForeignKey("battles.id"), primary_key=True, index=True),
)

bundle_files = Table(
    "bundle_files",
    metadata,
    Column("bundle", ForeignKey("artifacts.digest"), primary_key=True),
    Column("digest", ForeignKey("artifacts.digest"), primary_key=True, index=True),
)

visitors = Table(
    "visitors",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("created", Double, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("label", String(80), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("visitor", String(40), nullable=False),
    Column("created", Double, nullable=False),
    Column("revoked", Double),
)

credentials = Table(
    "credentials",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("visitor", String(40), nullable=False, index=True),
    Column("occupation", String(32), nullable=False),
    Column("specialty", String(40), nullable=False),
    Column("tier", String(20), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("state", String(12), nullable=False),
    Column("created", Double, nullable=False),
    Column("lapses", Double),
    Column("asked", Boolean, nullable=False),
    Column("why", Text, nullable=False),
)

credential_evidence = Table(
    "credential_evidence",
    metadata,
    Column("credential", ForeignKey("credentials.id"), primary_key=True),
    Column("data", Text, nullable=False),
)

mail_codes = Table(
    "mail_codes",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("visitor", String(40), nullable=False, index=True),
    Column("occupation", String(32), nullable=False),
    Column("specialty", String(40), nullable=False),
    Column("domain", String(253), nullable=False),
    Column("address", String(64), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("sent", Double, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("spent", Boolean, nullable=False),
)
