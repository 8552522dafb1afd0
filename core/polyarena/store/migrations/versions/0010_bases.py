"""The turn that a turn goes on from, where that is not the one before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_bases"
down_revision = "0009_credentials"


def upgrade() -> None:
    op.add_column("turns", sa.Column("base", sa.Integer(), nullable=True))
