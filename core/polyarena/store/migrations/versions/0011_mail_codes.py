"""Codes that were sent by mail, for credentials by the domain of an address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_mail_codes"
down_revision = "0010_bases"


def upgrade() -> None:
    op.create_table(
        "mail_codes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("occupation", sa.String(length=32), nullable=False),
        sa.Column("specialty", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sent", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_codes")),
    )
    op.create_index(op.f("ix_mail_codes_visitor"), "mail_codes", ["visitor"])
    op.create_index(op.f("ix_mail_codes_address"), "mail_codes", ["address"])
    op.create_index(op.f("ix_mail_codes_sent"), "mail_codes", ["sent"])
