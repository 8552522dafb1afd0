"""The perceptual hashes of pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_pictures"
down_revision = "0004_apps"


def upgrade() -> None:
    op.add_column("artifacts", sa.Column("perceptual", sa.String(length=16), nullable=True))
