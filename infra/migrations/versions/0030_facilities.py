"""Facilities from open data, in versions; and counters, check-ups and visits that are booked there."""

from alembic import op

revision = "0030_facilities"
down_revision = "0029_documents"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
WARD = "nullif(current_setting('app.ward', true), '')"
WHOLE_WARD = "coalesce(current_setting('app.school', true), '') = ''"
LIVE = "'booked', 'waiting', 'offered'"
STATES = f"{LIVE}, 'cancelled', 'lapsed', 'arrived', 'no_show'"


def upgrade() -> None:
    _facilities()
    _offers_and_slots()
    _bookings()


def _facilities() -> None:
    """`flaws`: the first of what was wrong with the file, by row. Of a dataset of a ward one version is published."""
    op.execute("""
        CREATE TABLE facility_versions (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            dataset text NOT NULL,
            state text NOT NULL CHECK (state IN ('draft', 'published', 'past')),
            file_name text NOT NULL,
            digest bytea NOT NULL CHECK (length(digest) = 32),
            encoding text NOT NULL,
            rows integer NOT NULL,
            good integer NOT NULL,
            bad integer NOT NULL,
            warned integer NOT NULL,
            flaws jsonb NOT NULL,
            missing text[] NOT NULL,
            as_of date,
            source_url text NOT NULL,
            made_at timestamptz NOT NULL,
            made_by text NOT NULL,
            published_at timestamptz,
            published_by text,
            CHECK (state = 'draft' OR published_at IS NOT NULL)
        );
        CREATE UNIQUE INDEX one_published ON facility_versions (ward, dataset) WHERE state = 'published';
        CREATE INDEX facility_versions_of_ward ON facility_versions (ward, made_at DESC);
        CREATE TABLE facilities (
            version uuid NOT NULL REFERENCES facility_versions ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            id text NOT NULL,
            place integer NOT NULL,
            body jsonb NOT NULL,
            PRIMARY KEY (version, id)
        );
    """)
    for table in ("facility_versions", "facilities"):
        _of_ward(table)


def _offers_and_slots() -> None:
    """`taken` counts booked and offered places: no statement can give away more than there are."""
    op.execute("""
        CREATE TABLE booking_offers (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            facility text NOT NULL,
            facility_name text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('counter', 'checkup', 'nursery_visit')),
            title jsonb NOT NULL,
            procedures text[] NOT NULL,
            about text NOT NULL CHECK (about IN ('self', 'child')),
            phone text NOT NULL,
            elsewhere text NOT NULL,
            cancel_hours integer NOT NULL CHECK (cancel_hours BETWEEN 0 AND 336),
            confirm_hours integer NOT NULL CHECK (confirm_hours BETWEEN 1 AND 168),
            made_at timestamptz NOT NULL,
            made_by text NOT NULL,
            ended_at timestamptz
        );
        CREATE INDEX booking_offers_of_ward ON booking_offers (ward) WHERE ended_at IS NULL;
        CREATE TABLE booking_slots (
            id uuid PRIMARY KEY,
            offer uuid NOT NULL REFERENCES booking_offers ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            capacity integer NOT NULL CHECK (capacity BETWEEN 0 AND 500),
            taken integer NOT NULL DEFAULT 0,
            closed_at timestamptz,
            closed_why text,
            UNIQUE (offer, starts_at),
            CHECK (starts_at < ends_at),
            CHECK (taken BETWEEN 0 AND capacity)
        );
        CREATE INDEX booking_slots_by_time ON booking_slots (ward, starts_at);
    """)
    for table in ("booking_offers", "booking_slots"):
        _of_ward(table)


def _bookings() -> None:
    """`for_whom` is sealed under the resident's key; `person` says only that it is the same one again. A booking that
    goes with its account leaves its place."""
    op.execute(f"""
        CREATE TABLE bookings (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            offer uuid NOT NULL REFERENCES booking_offers ON DELETE CASCADE,
            slot uuid NOT NULL REFERENCES booking_slots ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{{6}}$'),
            state text NOT NULL CHECK (state IN ({STATES})),
            person bytea NOT NULL CHECK (length(person) = 32),
            for_whom bytea NOT NULL,
            code text NOT NULL UNIQUE,
            asked_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL,
            offered_until timestamptz,
            reminded_at timestamptz,
            ended_by text,
            CHECK ((state = 'offered') = (offered_until IS NOT NULL))
        );
        CREATE UNIQUE INDEX one_booking_for_whom ON bookings (offer, resident, person) WHERE state IN ({LIVE});
        CREATE INDEX bookings_of_resident ON bookings (resident, asked_at DESC);
        CREATE INDEX bookings_waiting ON bookings (slot, asked_at) WHERE state = 'waiting';
        CREATE INDEX bookings_of_slot ON bookings (slot, state);
        CREATE FUNCTION booking_leaves_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state IN ('booked', 'offered', 'arrived', 'no_show') THEN
                UPDATE booking_slots SET taken = greatest(taken - 1, 0) WHERE id = OLD.slot;
            END IF;
            RETURN OLD;
        END $$;
        CREATE TRIGGER leaves_its_place AFTER DELETE ON bookings
            FOR EACH ROW EXECUTE FUNCTION booking_leaves_its_place();
    """)  # noqa: S608 - names of ours
    _of_ward("bookings", reads_only=True)
    op.execute(f"CREATE POLICY resident ON bookings FOR SELECT USING (resident = {ME})")


def _of_ward(table: str, *, reads_only: bool = False) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON {table} {'FOR SELECT ' if reads_only else ''}USING (ward = {WARD})")
    op.execute(f"CREATE POLICY whole_ward ON {table} AS RESTRICTIVE USING ({WHOLE_WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE bookings, booking_slots, booking_offers, facilities, facility_versions")
    op.execute("DROP FUNCTION booking_leaves_its_place()")
