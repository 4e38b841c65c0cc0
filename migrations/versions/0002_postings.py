"""Postings with all their parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("posted_by_company_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("closed_reason", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_revision_id", sa.Integer(), nullable=True),
        sa.Column("pending_revision_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("requisition_number", sa.String(length=100), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("credential_requirement", sa.JSON(), nullable=False),
        sa.Column("experience_months", sa.Integer(), nullable=True),
        sa.Column("specialty_experience_months", sa.Integer(), nullable=True),
        sa.Column("apprentice_welcome", sa.Boolean(), nullable=True),
        sa.Column("education", sa.String(length=60), nullable=False),
        sa.Column("work_authorization", sa.String(length=20), nullable=False),
        sa.Column("arrangement", sa.String(length=40), nullable=False),
        sa.Column("hybrid_days", sa.Integer(), nullable=True),
        sa.Column("training_weeks", sa.Integer(), nullable=True),
        sa.Column("eligible_mode", sa.String(length=10), nullable=False),
        sa.Column("eligible_states", sa.JSON(), nullable=False),
        sa.Column("work_time_zone", sa.String(length=60), nullable=False),
        sa.Column("hours_per_week_least", sa.Double(), nullable=True),
        sa.Column("hours_per_week_most", sa.Double(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("contract_months", sa.Integer(), nullable=True),
        sa.Column("pay_basis", sa.String(length=20), nullable=False),
        sa.Column("pay_least_cents", sa.Integer(), nullable=True),
        sa.Column("pay_most_cents", sa.Integer(), nullable=True),
        sa.Column("pay_currency", sa.String(length=3), nullable=False),
        sa.Column("equipment_provided", sa.Boolean(), nullable=True),
        sa.Column("ceu_paid", sa.Boolean(), nullable=True),
        sa.Column("dues_paid", sa.Boolean(), nullable=True),
        sa.Column("accuracy_percent", sa.Double(), nullable=True),
        sa.Column("ramp_up_weeks", sa.Integer(), nullable=True),
        sa.Column("qa_appeal", sa.Boolean(), nullable=True),
        sa.Column("apply_by", sa.String(length=10), nullable=False),
        sa.Column("apply_url", sa.String(length=1000), nullable=False),
        sa.Column("apply_email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_posting_company_id_company")),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["person.id"],
            name=op.f("fk_posting_created_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["posted_by_company_id"], ["company.id"], name=op.f("fk_posting_posted_by_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("company_id", "source_key", name=op.f("uq_posting_company_id_source_key")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index("ix_posting_due", ["state", "closes_at"], unique=False)
        batch_op.create_index("ix_posting_listed", ["state", "posted_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_posting_posted_by_company_id"), ["posted_by_company_id"], unique=False
        )
    op.create_table(
        "posting_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=12), nullable=False),
        sa.Column("start", sa.String(length=12), nullable=False),
        sa.Column("end", sa.String(length=12), nullable=True),
        sa.Column("is_family", sa.Boolean(), nullable=False),
        sa.Column("low", sa.String(length=12), nullable=False),
        sa.Column("high", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_code_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_code")),
    )
    with op.batch_alter_table("posting_code", schema=None) as batch_op:
        batch_op.create_index("ix_posting_code_interval", ["system", "low", "high"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_code_posting_id"), ["posting_id"], unique=False)
    op.create_table(
        "posting_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=False),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_posting_event_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_event_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_event")),
    )
    with op.batch_alter_table("posting_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_event_posting_id"), ["posting_id"], unique=False)
    op.create_table(
        "posting_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_place_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_place")),
    )
    with op.batch_alter_table("posting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_place_posting_id"), ["posting_id"], unique=False)
        batch_op.create_index("ix_posting_place_state", ["state", "city"], unique=False)
    op.create_table(
        "posting_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("open_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["person.id"],
            name=op.f("fk_posting_report_handled_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_posting_report_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_report_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_report")),
        sa.UniqueConstraint("open_key", name=op.f("uq_posting_report_open_key")),
    )
    with op.batch_alter_table("posting_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_report_handled_at"), ["handled_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_report_posting_id"), ["posting_id"], unique=False)
    op.create_table(
        "posting_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name=op.f("fk_posting_revision_author_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["person.id"],
            name=op.f("fk_posting_revision_decided_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_revision_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_revision")),
    )
    with op.batch_alter_table("posting_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_revision_posting_id"), ["posting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_revision_status"), ["status"], unique=False)
    op.create_table(
        "posting_term",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_term_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("posting_id", "facet", "slug", name=op.f("pk_posting_term")),
    )
    with op.batch_alter_table("posting_term", schema=None) as batch_op:
        batch_op.create_index("ix_posting_term_value", ["facet", "slug"], unique=False)
    op.create_table(
        "posting_workload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chart_type", sa.String(length=60), nullable=False),
        sa.Column("charts_per_hour_least", sa.Double(), nullable=True),
        sa.Column("charts_per_hour_most", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_posting_workload_posting_id_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_workload")),
    )
    with op.batch_alter_table("posting_workload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_workload_posting_id"), ["posting_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("posting_workload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_workload_posting_id"))
    op.drop_table("posting_workload")
    with op.batch_alter_table("posting_term", schema=None) as batch_op:
        batch_op.drop_index("ix_posting_term_value")
    op.drop_table("posting_term")
    with op.batch_alter_table("posting_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_revision_status"))
        batch_op.drop_index(batch_op.f("ix_posting_revision_posting_id"))
    op.drop_table("posting_revision")
    with op.batch_alter_table("posting_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_report_posting_id"))
        batch_op.drop_index(batch_op.f("ix_posting_report_handled_at"))
    op.drop_table("posting_report")
    with op.batch_alter_table("posting_place", schema=None) as batch_op:
        batch_op.drop_index("ix_posting_place_state")
        batch_op.drop_index(batch_op.f("ix_posting_place_posting_id"))
    op.drop_table("posting_place")
    with op.batch_alter_table("posting_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_event_posting_id"))
    op.drop_table("posting_event")
    with op.batch_alter_table("posting_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_code_posting_id"))
        batch_op.drop_index("ix_posting_code_interval")
    op.drop_table("posting_code")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_posted_by_company_id"))
        batch_op.drop_index("ix_posting_listed")
        batch_op.drop_index("ix_posting_due")
        batch_op.drop_index(batch_op.f("ix_posting_created_by_id"))
    op.drop_table("posting")
