#!/usr/bin/env bash
# Makes the two roles and the database, once, when the database's container is made. docs/operations.md says what they may.
set -euo pipefail
owner=$(cat /run/secrets/owner)
server=$(cat /run/secrets/server)
psql --username=postgres --set=ON_ERROR_STOP=1 --set=owner="$owner" --set=server="$server" <<'SQL'
CREATE ROLE caf_owner LOGIN PASSWORD :'owner';
CREATE ROLE caf_server LOGIN PASSWORD :'server';
CREATE DATABASE assessments OWNER caf_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE assessments FROM PUBLIC;
GRANT CONNECT ON DATABASE assessments TO caf_owner, caf_server;
SQL
