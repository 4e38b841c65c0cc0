"""Several workers on one outbox, and one rebuild at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _posting_again(*, autoincrement: bool) -> None:
    """Make the table anew on SQLite, which then does not, or does, give the id of a deleted row again."""
    if op.get_bind().dialect.name == "sqlite":
        kwargs = {"sqlite_autoincrement": autoincrement}
        with op.batch_alter_table("posting", schema=None, recreate="always", table_kwargs=kwargs):
            pass


def upgrade() -> None:
    _posting_again(autoincrement=True)
    with op.batch_alter_table("index_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claimed_by", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "index_rebuild",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_index_rebuild")),
    )


def downgrade() -> None:
    _posting_again(autoincrement=False)
    op.drop_table("index_rebuild")
    with op.batch_alter_table("index_change", schema=None) as batch_op:
        batch_op.drop_column("claimed_until")
        batch_op.drop_column("claimed_by")
