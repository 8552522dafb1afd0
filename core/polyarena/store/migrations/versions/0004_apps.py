"""Which stored files are an app's; how apps were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_apps"
down_revision = "0003_artifacts"


def upgrade() -> None:
    op.add_column("answers", sa.Column("use", sa.Text(), nullable=True))
    op.create_table(
        "bundle_files",
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle"], ["artifacts.digest"], name=op.f("fk_bundle_files_bundle")
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["artifacts.digest"], name=op.f("fk_bundle_files_digest")
        ),
        sa.PrimaryKeyConstraint("bundle", "digest", name=op.f("pk_bundle_files")),
    )
    op.create_index(op.f("ix_bundle_files_digest"), "bundle_files", ["digest"])
