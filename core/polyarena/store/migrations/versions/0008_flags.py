"""What voters flag in either answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_flags"
down_revision = "0007_classified"


def upgrade() -> None:
    op.add_column("votes", sa.Column("flags", sa.Text(), nullable=True))
