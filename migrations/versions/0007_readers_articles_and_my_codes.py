"""Who may read which codes, what was read, articles of editors, and what a person keeps of the code reference."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "code_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("start", sa.String(length=12), nullable=False),
        sa.Column("end", sa.String(length=12), nullable=False),
        sa.Column("published_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_article")),
        sa.UniqueConstraint("system", "start", "end", name=op.f("uq_code_article_system_start_end")),
    )
    op.create_table(
        "code_view",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("viewer", sa.String(length=60), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("period", "viewer", "system", "code", name=op.f("pk_code_view")),
    )
    op.create_table(
        "code_view_network",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "network", name=op.f("pk_code_view_network")),
    )
    op.create_table(
        "code_article_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["code_article.id"],
            name=op.f("fk_code_article_version_article_id_code_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name=op.f("fk_code_article_version_author_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_article_version")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_code_article_version_article_id_number")),
    )
    op.create_table(
        "code_change_notice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["code_edition.id"],
            name=op.f("fk_code_change_notice_edition_id_code_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_code_change_notice_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "edition_id", name=op.f("pk_code_change_notice")),
    )
    op.create_index("ix_code_change_notice_edition_id", "code_change_notice", ["edition_id"])

    op.create_table(
        "code_editor_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("to_system", sa.String(length=12), nullable=False),
        sa.Column("to_code", sa.String(length=25), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name=op.f("fk_code_editor_note_author_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_editor_note")),
    )
    op.create_index("ix_code_editor_note_code", "code_editor_note", ["system", "code"])

    op.create_table(
        "code_folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_folder_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_folder")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_code_folder_person_id_name")),
    )
    op.create_index("ix_code_folder_person_id", "code_folder", ["person_id"])

    op.create_table(
        "code_history",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_history_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "system", "code", name=op.f("pk_code_history")),
    )
    op.create_index("ix_code_history_at", "code_history", ["person_id", "at"])

    op.create_table(
        "code_licence_use",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("viewer", sa.String(length=60), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["code_edition.id"],
            name=op.f("fk_code_licence_use_edition_id_code_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "viewer", name=op.f("pk_code_licence_use")),
    )
    op.create_index("ix_code_licence_use_first_at", "code_licence_use", ["edition_id", "first_at"])

    op.create_table(
        "code_membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_name", sa.String(length=60), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["granted_by_id"],
            ["person.id"],
            name=op.f("fk_code_membership_granted_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_membership_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "group_name", name=op.f("pk_code_membership")),
    )
    op.create_table(
        "code_private_note",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_code_private_note_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "system", "code", name=op.f("pk_code_private_note")),
    )
    op.create_table(
        "my_codes_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("keeps_history", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_my_codes_choice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_my_codes_choice")),
    )
    op.create_table(
        "code_favourite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["folder_id"],
            ["code_folder.id"],
            name=op.f("fk_code_favourite_folder_id_code_folder"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_favourite_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_favourite")),
        sa.UniqueConstraint(
            "folder_id", "system", "code", name=op.f("uq_code_favourite_folder_id_system_code")
        ),
    )
    op.create_index("ix_code_favourite_person_id", "code_favourite", ["person_id"])


def downgrade() -> None:
    op.drop_table("code_favourite")
    op.drop_table("my_codes_choice")
    op.drop_table("code_private_note")
    op.drop_table("code_membership")
    op.drop_table("code_licence_use")
    op.drop_table("code_history")
    op.drop_table("code_folder")
    op.drop_table("code_editor_note")
    op.drop_table("code_change_notice")
    op.drop_table("code_article_version")
    op.drop_table("code_view_network")
    op.drop_table("code_view")
    op.drop_table("code_article")
