"""Editions side by side, reference sets with editions of their own, licences, changes, and what books hold."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "code_licence_acceptance",
    "code_change",
    "code_attribute",
    "code_index_term",
    "code_guideline_citation",
    "code_guideline",
    "code_pcs_definition",
    "code_pcs_table",
)
SETS = "(SELECT id FROM code_edition WHERE kind <> 'codes')"
UNDER_WAY = "(label LIKE '%(loading)%' OR label LIKE '%(replaced)%')"


def upgrade() -> None:
    _widen_editions()
    _make_tables_of_codes()
    _make_tables_of_books()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute(
        "UPDATE code_note SET edition_id = (SELECT codes.id FROM code_edition AS codes, code_edition AS notes "
        "WHERE notes.id = code_note.edition_id AND codes.kind = 'codes' AND codes.system = notes.system "
        "AND codes.label = notes.label) WHERE EXISTS (SELECT 1 FROM code_edition AS codes, code_edition AS notes "
        "WHERE notes.id = code_note.edition_id AND codes.kind = 'codes' AND codes.system = notes.system "
        "AND codes.label = notes.label)"
    )
    for table in ("code_note", "code_relation", "code"):
        of_sets = f"DELETE FROM {table} WHERE edition_id IN {SETS}"  # noqa: S608
        op.execute(of_sets)
    op.execute("DELETE FROM code_edition WHERE kind <> 'codes'")
    op.execute(
        "UPDATE code_edition SET in_force = (NOT EXISTS (SELECT 1 FROM code_edition AS later WHERE "
        "later.system = code_edition.system AND later.in_force AND (later.effective_from > code_edition.effective_from "
        "OR (later.effective_from = code_edition.effective_from AND later.id > code_edition.id)))) WHERE in_force"
    )
    with op.batch_alter_table("code_edition", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_code_edition_system_kind_label"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_code_edition_system_label"), ["system", "label"])
        for column in ("kind", "compared_with_id", "owner", "visible_to", "notice", "ends_on"):
            batch_op.drop_column(column)


def _widen_editions() -> None:
    with op.batch_alter_table("code_edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="codes"))
        batch_op.add_column(sa.Column("compared_with_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("visible_to", sa.String(length=60), nullable=False, server_default="everyone")
        )
        batch_op.add_column(sa.Column("notice", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.drop_constraint(op.f("uq_code_edition_system_label"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_code_edition_system_kind_label"), ["system", "kind", "label"]
        )
    with op.batch_alter_table("code_edition", schema=None) as batch_op:
        for column in ("kind", "owner", "visible_to", "notice"):
            batch_op.alter_column(column, server_default=None)
    # Whatever is whole may be chosen by its date from now on.
    op.execute(f"UPDATE code_edition SET in_force = (NOT {UNDER_WAY})")  # noqa: S608


def _edition(name: str, table: str) -> list[sa.Column | sa.ForeignKeyConstraint]:
    """The column `name` that leads to an edition, with its constraint."""
    return [
        sa.Column(name, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [name], ["code_edition.id"], name=op.f(f"fk_{table}_{name}_code_edition"), ondelete="CASCADE"
        ),
    ]


def _make_tables_of_codes() -> None:
    op.create_table(
        "code_attribute",
        *_edition("edition_id", "code_attribute"),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "code", name=op.f("pk_code_attribute")),
    )
    op.create_table(
        "code_change",
        *_edition("edition_id", "code_change"),
        *_edition("previous_id", "code_change"),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("long", sa.Text(), nullable=False),
        sa.Column("old_long", sa.Text(), nullable=False),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "previous_id", "code", name=op.f("pk_code_change")),
    )
    op.create_index(op.f("ix_code_change_previous_id"), "code_change", ["previous_id"])
    op.create_table(
        "code_licence_acceptance",
        *_edition("edition_id", "code_licence_acceptance"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_code_licence_acceptance_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "person_id", name=op.f("pk_code_licence_acceptance")),
    )
    op.create_index(op.f("ix_code_licence_acceptance_person_id"), "code_licence_acceptance", ["person_id"])


def _make_tables_of_books() -> None:
    op.create_table(
        "code_index_term",
        sa.Column("id", sa.Integer(), nullable=False),
        *_edition("edition_id", "code_index_term"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("modifiers", sa.Text(), nullable=False),
        sa.Column("column", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("see", sa.Text(), nullable=False),
        sa.Column("see_also", sa.Text(), nullable=False),
        sa.Column("manifestation", sa.String(length=30), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_index_term")),
    )
    op.create_index("ix_code_index_term_code", "code_index_term", ["edition_id", "code"])
    op.create_index("ix_code_index_term_position", "code_index_term", ["edition_id", "position"])
    op.create_table(
        "code_guideline",
        *_edition("edition_id", "code_guideline"),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_code_guideline")),
    )
    op.create_table(
        "code_guideline_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        *_edition("edition_id", "code_guideline_citation"),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("start", sa.String(length=12), nullable=False),
        sa.Column("end", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_guideline_citation")),
    )
    op.create_index("ix_code_guideline_citation_start", "code_guideline_citation", ["edition_id", "start"])
    op.create_table(
        "code_pcs_table",
        *_edition("edition_id", "code_pcs_table"),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("axes", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "code", name=op.f("pk_code_pcs_table")),
    )
    op.create_table(
        "code_pcs_definition",
        sa.Column("id", sa.Integer(), nullable=False),
        *_edition("edition_id", "code_pcs_definition"),
        sa.Column("section", sa.String(length=1), nullable=False),
        sa.Column("axis", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("includes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_pcs_definition")),
    )
    op.create_index("ix_code_pcs_definition_term", "code_pcs_definition", ["edition_id", "term"])
