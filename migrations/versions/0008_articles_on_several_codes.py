"""Articles of editors on several codes: each version says which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "code_article_version", sa.Column("codes", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )
    with op.batch_alter_table("code_article_version") as table:
        table.alter_column("codes", server_default=None)


def downgrade() -> None:
    # An article on several codes has no place in what was there before.
    op.execute(
        "DELETE FROM code_article_version WHERE article_id IN (SELECT id FROM code_article WHERE \"end\" <> '')"
    )
    op.execute("DELETE FROM code_article WHERE \"end\" <> ''")
    with op.batch_alter_table("code_article_version") as table:
        table.drop_column("codes")
