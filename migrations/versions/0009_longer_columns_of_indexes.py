"""Columns of index tables have names of more than 30 signs: "poisoning, intentional self-harm"."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _text(length: int) -> sa.types.TypeEngine[str]:
    # Text of the board sorts by its signs, whatever the database's locale is.
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("code_index_term") as table:
        table.alter_column("column", existing_type=_text(30), type_=_text(60), existing_nullable=False)


def downgrade() -> None:
    op.execute('UPDATE code_index_term SET "column" = substr("column", 1, 30)')
    with op.batch_alter_table("code_index_term") as table:
        table.alter_column("column", existing_type=_text(60), type_=_text(30), existing_nullable=False)
