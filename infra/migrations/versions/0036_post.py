"""Who sees what of the mail room's new tables; a school's door is told by marks and by who sent a notice."""

from collections.abc import Iterable

from alembic import op

revision = "0036_post"
down_revision = "0036_mail_tables"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
OF_SCHOOL = f"sender_key = 'school:' || {WARD} || ':' || {SCHOOL}"
"""Of a notice: a school of this ward sent it, and it is the school at the door."""
GROUPS = ("school", "year", "class", "club")
NEW = (
    "contact_aliases",
    "contact_marks",
    "notice_revisions",
    "snapshots",
    "notice_acts",
    "push_chunks",
)


def upgrade() -> None:
    _doors()
    op.execute("DROP TABLE contact_schools")


def _doors() -> None:
    for table in NEW:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("contact_marks", "notice_acts"):
        op.execute(f"CREATE POLICY resident ON {table} USING ({MINE})")
    op.execute(f"CREATE POLICY resident ON contact_aliases FOR SELECT USING ({MINE})")
    of_group = f"split_part(mark, ':', 1) IN {GROUPS} AND split_part(mark, ':', 2) = {SCHOOL}"
    _ward("contact_marks", "FOR SELECT", f"({SCHOOL} IS NULL OR ({of_group}))")
    family = (
        f"EXISTS (SELECT FROM contact_marks m WHERE m.resident = {{table}}.resident AND m.mark = 'school:' || {SCHOOL})"
    )
    for table in ("contacts", "contact_children"):
        _ward(table, "FOR SELECT", f"({SCHOOL} IS NULL OR {family.format(table=table)})")
    _ward("notices", "", f"NOT personal AND ({SCHOOL} IS NULL OR {OF_SCHOOL})")
    its = f"EXISTS (SELECT FROM notices n WHERE n.id = {{table}}.notice AND n.{OF_SCHOOL})"
    for table in ("snapshots", "push_chunks"):
        _ward(table, "", f"({SCHOOL} IS NULL OR {its.format(table=table)})")
    for table in ("notice_acts", "pushes"):
        _ward(table, "FOR SELECT", f"({SCHOOL} IS NULL OR {its.format(table=table)})")
    visible = "EXISTS (SELECT FROM notices n WHERE n.id = notice_revisions.notice)"
    op.execute(f"CREATE POLICY ward ON notice_revisions USING ({WARD} IS NOT NULL AND {visible})")
    op.execute(f"CREATE POLICY resident ON notice_revisions FOR SELECT USING ({visible})")


def _ward(table: str, what: str, more: str) -> None:
    op.execute(f"DROP POLICY IF EXISTS ward ON {table}")
    op.execute(f"CREATE POLICY ward ON {table} {what} USING (ward = {WARD} AND {more})")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    _schools_again()
    _doors_as_they_were()
    for table in NEW:
        for policy in ("house", "resident", "ward"):
            op.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")


def _schools_again() -> None:
    op.execute("""
        CREATE TABLE contact_schools (
            resident uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
            school text NOT NULL CHECK (school <> '' AND length(school) <= 200),
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            PRIMARY KEY (resident, school)
        );
        CREATE INDEX contact_schools_of_school ON contact_schools (ward, school, resident);
        INSERT INTO contact_schools (resident, school, ward)
            SELECT DISTINCT ON (resident, mark) resident, substr(mark, 8), ward FROM contact_marks
            WHERE mark LIKE 'school:%';
        ALTER TABLE contact_schools ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON contact_schools USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON contact_schools USING ({MINE})")
    _ward("contact_schools", "FOR SELECT", f"({SCHOOL} IS NULL OR school = {SCHOOL})")


def _doors_as_they_were() -> None:
    here = f"EXISTS (SELECT FROM broadcasts AS b WHERE b.id = {{notice}} AND b.ward = {WARD} AND b.school = {SCHOOL})"
    family = f"EXISTS (SELECT FROM contact_schools AS c WHERE c.resident = {{table}}.resident AND c.school = {SCHOOL})"
    told: Iterable[tuple[str, str]] = (
        ("contacts", family.format(table="contacts")),
        ("contact_children", family.format(table="contact_children")),
        ("pushes", here.format(notice="notice")),
    )
    for table, more in told:
        _ward(table, "FOR SELECT", f"({SCHOOL} IS NULL OR {more})")
    _ward("notices", "FOR SELECT", f"NOT personal AND ({SCHOOL} IS NULL OR {here.format(notice='notices.id')})")
