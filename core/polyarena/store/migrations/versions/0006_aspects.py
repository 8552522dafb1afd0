"""What votes say of aspects, and snapshots of the boards by aspect."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_aspects"
down_revision = "0005_pictures"
KEY = ["arena", "category", "control", "aspect", "last_seq"]


def upgrade() -> None:
    op.add_column("votes", sa.Column("aspects", sa.Text(), nullable=True))
    aspect = sa.Column("aspect", sa.String(length=32), nullable=False, server_default="")
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("snapshots", aspect)
        op.drop_constraint("uq_snapshots_board", "snapshots")
        op.create_unique_constraint("uq_snapshots_board", "snapshots", KEY)
        return
    # The table is copied, and the triggers that keep it from changing go with the old one.
    kept = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'snapshots'"
    triggers = op.get_bind().execute(sa.text(kept)).scalars().all()
    options = {"sqlite_autoincrement": True}
    with op.batch_alter_table("snapshots", recreate="always", table_kwargs=options) as batch:
        batch.add_column(aspect, insert_after="control")
        batch.drop_constraint("uq_snapshots_board", type_="unique")
        batch.create_unique_constraint("uq_snapshots_board", KEY)
    for statement in triggers:
        op.execute(statement)
