"""The openings that name a code as it stands, found by the code."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_posting_code_start", "posting_code", ["system", "start"])
    op.create_index("ix_posting_code_end", "posting_code", ["system", "end"])


def downgrade() -> None:
    op.drop_index("ix_posting_code_end", table_name="posting_code")
    op.drop_index("ix_posting_code_start", table_name="posting_code")
