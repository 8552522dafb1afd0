"""By what the categories of a vote were decided last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_classified"
down_revision = "0006_aspects"


def upgrade() -> None:
    op.create_table(
        "classified",
        sa.Column("battle", sa.String(length=40), nullable=False),
        sa.Column("classifier", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["battle"], ["votes.battle"], name="fk_classified_battle"),
        sa.PrimaryKeyConstraint("battle", name="pk_classified"),
    )
