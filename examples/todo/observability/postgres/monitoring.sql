-- The role of the exporter: it sees how the database does, and no row of it. Run again, this changes nothing but the password.
\getenv role MONITORING_ROLE
\set password `cat /run/secrets/monitor-password`

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;

SELECT format('CREATE ROLE %I', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role')
\gexec

ALTER ROLE :"role" LOGIN CONNECTION LIMIT 5 PASSWORD :'password';
GRANT pg_monitor TO :"role";
