"""Stored files and the battles that use them; evidence on votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_artifacts"
down_revision = "0002_snapshots"


def upgrade() -> None:
    op.add_column("votes", sa.Column("evidence", sa.Text(), nullable=True))
    op.create_table(
        "artifacts",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_artifacts")),
    )
    op.create_index(op.f("ix_artifacts_kept"), "artifacts", ["kept"])
    op.create_table(
        "artifact_uses",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("battle", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["artifacts.digest"], name=op.f("fk_artifact_uses_digest")
        ),
        sa.ForeignKeyConstraint(["battle"], ["battles.id"], name=op.f("fk_artifact_uses_battle")),
        sa.PrimaryKeyConstraint("digest", "battle", name=op.f("pk_artifact_uses")),
    )
    op.create_index(op.f("ix_artifact_uses_battle"), "artifact_uses", ["battle"])
