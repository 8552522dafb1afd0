"""Snapshots of the boards by voters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_electorates"
down_revision = "0011_mail_codes"
KEY = ["arena", "category", "control", "aspect", "voters", "last_seq"]


def upgrade() -> None:
    voters = sa.Column("voters", sa.String(length=60), nullable=False, server_default="")
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("snapshots", voters)
        op.drop_constraint("uq_snapshots_board", "snapshots")
        op.create_unique_constraint("uq_snapshots_board", "snapshots", KEY)
        return
    # The table is copied, and the triggers that keep it from changing go with the old one.
    kept = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'snapshots'"
    triggers = op.get_bind().execute(sa.text(kept)).scalars().all()
    options = {"sqlite_autoincrement": True}
    with op.batch_alter_table("snapshots", recreate="always", table_kwargs=options) as batch:
        batch.add_column(voters, insert_after="aspect")
        batch.drop_constraint("uq_snapshots_board", type_="unique")
        batch.create_unique_constraint("uq_snapshots_board", KEY)
    for statement in triggers:
        op.execute(statement)
