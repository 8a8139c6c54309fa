#!/usr/bin/env bash
# Run once by the PostgreSQL image: the role of the house, which is no superuser and owns the database.
set -euo pipefail
# On a line of its own: a file that cannot be read ends this here, instead of making a role without a password.
password=$(cat /run/secrets/database_password)
test -n "$password"
psql --username postgres --dbname kurashimado --set ON_ERROR_STOP=1 --set password="$password" <<'SQL'
CREATE ROLE kurashimado LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
ALTER DATABASE kurashimado OWNER TO kurashimado;
ALTER SCHEMA public OWNER TO kurashimado;
SQL
