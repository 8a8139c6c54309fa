"""Whom an audience asks for, as bitmaps: a base for each ward and word, and every change since, written by triggers so
that no writer of the address book can forget it; and months of the mail room that are dropped whole."""

from alembic import op

revision = "0046_bitmaps"
down_revision = "0045_letters"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '')"
NO_SCHOOL = "nullif(current_setting('app.school', true), '') IS NULL"
TABLES = ("audience_wards", "audience_bits", "audience_changes")

# `key`: `all`, `speaks:<language>`, `born:<day>` or a mark. A change belongs to the transaction `tx`; those before the
# oldest transaction that still runs are complete. `upto`: changes of transactions before it are in the base.
MADE = """
    CREATE TABLE audience_wards (ward text PRIMARY KEY, upto bigint NOT NULL);
    CREATE TABLE audience_bits (
        ward text NOT NULL,
        key text NOT NULL,
        bits bytea NOT NULL,
        PRIMARY KEY (ward, key)
    );
    CREATE TABLE audience_changes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
        ward text NOT NULL,
        key text NOT NULL,
        number integer NOT NULL,
        holds boolean NOT NULL
    );
    CREATE INDEX audience_changes_of_ward ON audience_changes (ward, tx, id);
    INSERT INTO audience_changes (ward, key, number, holds)
        SELECT ward, 'all', number, true FROM contacts WHERE ward IS NOT NULL
        UNION ALL SELECT ward, 'speaks:' || language, number, true FROM contacts WHERE ward IS NOT NULL
        UNION ALL SELECT DISTINCT k.ward, 'born:' || k.birth_date, c.number, true
            FROM contact_children k JOIN contacts c USING (resident) WHERE k.ward IS NOT NULL
        UNION ALL SELECT DISTINCT ward, mark, number, true FROM contact_marks;
"""
WRITE_DOWN = """
    CREATE FUNCTION audience_changed(wards text[], keys text[], numbers integer[], hold boolean[]) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE door text := current_setting('app.door', true);
    BEGIN
        PERFORM set_config('app.door', 'house', true);
        INSERT INTO audience_changes (ward, key, number, holds)
            SELECT * FROM unnest(wards, keys, numbers, hold) AS t (ward, key, number, holds)
            WHERE t.ward IS NOT NULL AND t.number IS NOT NULL;
        PERFORM set_config('app.door', coalesce(door, ''), true);
    END $$;
    CREATE FUNCTION audience_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            PERFORM audience_changed(ARRAY[OLD.ward, OLD.ward], ARRAY['all', 'speaks:' || OLD.language],
                ARRAY[OLD.number, OLD.number], ARRAY[false, false]);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM audience_changed(ARRAY[NEW.ward, NEW.ward], ARRAY['all', 'speaks:' || NEW.language],
                ARRAY[NEW.number, NEW.number], ARRAY[true, true]);
        END IF;
        RETURN NULL;
    END $$;
    CREATE FUNCTION audience_of_child() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE hers integer;
    BEGIN
        SELECT number INTO hers FROM contacts WHERE resident = coalesce(NEW.resident, OLD.resident);
        IF TG_OP <> 'INSERT' THEN
            PERFORM audience_changed(ARRAY[OLD.ward], ARRAY['born:' || OLD.birth_date], ARRAY[hers], ARRAY[EXISTS (
                SELECT FROM contact_children c WHERE c.resident = OLD.resident AND c.birth_date = OLD.birth_date
                    AND c.ward = OLD.ward)]);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM audience_changed(ARRAY[NEW.ward], ARRAY['born:' || NEW.birth_date], ARRAY[hers], ARRAY[true]);
        END IF;
        RETURN NULL;
    END $$;
    CREATE FUNCTION audience_of_mark() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            PERFORM audience_changed(ARRAY[OLD.ward], ARRAY[OLD.mark], ARRAY[OLD.number], ARRAY[EXISTS (
                SELECT FROM contact_marks m WHERE m.resident = OLD.resident AND m.mark = OLD.mark
                    AND m.ward = OLD.ward)]);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM audience_changed(ARRAY[NEW.ward], ARRAY[NEW.mark], ARRAY[NEW.number], ARRAY[true]);
        END IF;
        RETURN NULL;
    END $$;
"""
DROP_PARTITIONS = """
    CREATE FUNCTION mail_room_drop_partitions(whole text, before date) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE
        part text;
        dropped integer := 0;
    BEGIN
        FOR part IN
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass(whole)
                AND to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= before
        LOOP
            EXECUTE 'DROP TABLE ' || quote_ident(part);
            dropped := dropped + 1;
        END LOOP;
        RETURN dropped;
    END $$;
"""
TRIGGERS = """
    CREATE TRIGGER audience_made AFTER INSERT OR DELETE ON contacts
        FOR EACH ROW EXECUTE FUNCTION audience_of_contact();
    CREATE TRIGGER audience_moved AFTER UPDATE ON contacts FOR EACH ROW
        WHEN ((OLD.ward, OLD.language) IS DISTINCT FROM (NEW.ward, NEW.language))
        EXECUTE FUNCTION audience_of_contact();
    CREATE TRIGGER audience_made AFTER INSERT OR DELETE ON contact_children
        FOR EACH ROW EXECUTE FUNCTION audience_of_child();
    CREATE TRIGGER audience_moved AFTER UPDATE ON contact_children FOR EACH ROW
        WHEN ((OLD.ward, OLD.birth_date) IS DISTINCT FROM (NEW.ward, NEW.birth_date))
        EXECUTE FUNCTION audience_of_child();
    CREATE TRIGGER audience_made AFTER INSERT OR DELETE ON contact_marks
        FOR EACH ROW EXECUTE FUNCTION audience_of_mark();
    CREATE TRIGGER audience_moved AFTER UPDATE ON contact_marks FOR EACH ROW
        WHEN ((OLD.ward, OLD.mark, OLD.number) IS DISTINCT FROM (NEW.ward, NEW.mark, NEW.number))
        EXECUTE FUNCTION audience_of_mark();
"""


def upgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    for part in (MADE, WRITE_DOWN, TRIGGERS, DROP_PARTITIONS):
        op.execute(part)
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY ward ON {table} FOR SELECT USING ({WARD})")
        op.execute(f"CREATE POLICY whole_ward ON {table} AS RESTRICTIVE USING ({NO_SCHOOL})")


def downgrade() -> None:
    for table in ("contacts", "contact_children", "contact_marks"):
        op.execute(f"DROP TRIGGER audience_made ON {table}")
        op.execute(f"DROP TRIGGER audience_moved ON {table}")
    op.execute("""
        DROP FUNCTION audience_of_contact(), audience_of_child(), audience_of_mark(),
            audience_changed(text[], text[], integer[], boolean[]);
        DROP FUNCTION mail_room_drop_partitions(text, date);
        DROP TABLE audience_changes, audience_bits, audience_wards;
    """)
