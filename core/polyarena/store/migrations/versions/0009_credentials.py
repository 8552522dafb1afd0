"""Visitors' credentials, the evidence of them apart, and what of them is stored with votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_credentials"
down_revision = "0008_flags"


def upgrade() -> None:
    op.add_column("votes", sa.Column("occupation", sa.String(length=32), nullable=True))
    op.add_column("votes", sa.Column("specialty", sa.String(length=40), nullable=True))
    op.add_column("votes", sa.Column("tier", sa.String(length=20), nullable=True))
    op.add_column("votes", sa.Column("expert", sa.Boolean(), nullable=True))
    op.create_table(
        "credentials",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("occupation", sa.String(length=32), nullable=False),
        sa.Column("specialty", sa.String(length=40), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("lapses", sa.Double(), nullable=True),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials")),
    )
    op.create_index(op.f("ix_credentials_visitor"), "credentials", ["visitor"])
    op.create_table(
        "credential_evidence",
        sa.Column("credential", sa.String(length=16), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential"], ["credentials.id"], name=op.f("fk_credential_evidence_credential")
        ),
        sa.PrimaryKeyConstraint("credential", name=op.f("pk_credential_evidence")),
    )
