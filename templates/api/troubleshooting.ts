import type { PackageManager, Troubleshooting } from 'create-prod-forge/feature';

/** The errors of the service, its scripts and its tests; `…` stands for what varies. */
export function troubleshooting({ runPrefix, install }: PackageManager): readonly Troubleshooting[] {
  return [
    {
      error: 'The environment is not valid:',
      cause:
        'Variables are missing or can not be used. Every problem is listed below the line, one for each variable, without its value.',
      remedy:
        'Set what is named, as `.env.example` describes it. A file `.env` is read by the script `dev`; Docker Compose takes `PORT`, `MANAGEMENT_PORT`, `POSTGRES_PASSWORD` and `POSTGRES_APP_PASSWORD` from it. Everywhere else the environment comes from outside.',
    },
    {
      error: 'DATABASE_URL: is required, or DATABASE_HOST with its companions',
      cause:
        'The service or the migrator was started by itself. Only `dev` and the tests bring a database of their own.',
      remedy: `Set \`DATABASE_URL\`, or start with \`${runPrefix} dev\`, which does it for you.`,
    },
    {
      error: 'the database can not be reached, trying again',
      cause:
        'The instance has not reached its database since it started. It answers requests with 503 meanwhile; `err` in the log line has the reason.',
      remedy:
        'Start the database, or correct what `err` names. The instance goes on by itself: a restart changes nothing, except for a changed environment.',
    },
    {
      error: 'The server does not support SSL connections',
      cause:
        'With `NODE_ENV=production` connections are encrypted unless said otherwise, and this server speaks no TLS.',
      remedy:
        'Switch TLS on at the server. Where the connection leaves no trusted network, such as a database in the same Docker Compose project, set `DATABASE_TLS=disable`.',
    },
    {
      error: 'DATABASE_URL: must not say ssl…=…, for DATABASE_TLS and DATABASE_TLS_CA_FILE say it',
      cause:
        'The URL has a parameter such as `sslmode=require`. The driver would follow it instead of `DATABASE_TLS`, and might then verify no certificate.',
      remedy:
        'Take the parameter out of the URL and set `DATABASE_TLS=verify`, which is the default in production.',
    },
    {
      error: 'no pg_hba.conf entry for host …, no encryption',
      cause: 'The database takes encrypted connections only, and `DATABASE_TLS` is `disable`.',
      remedy:
        'Set `DATABASE_TLS=verify`, and `DATABASE_TLS_CA_FILE` where the system does not know its authority.',
    },
    {
      error: "Hostname/IP does not match certificate's altnames",
      cause:
        'The certificate of the database is for another name than the one in `DATABASE_URL` or `DATABASE_HOST`.',
      remedy: 'Use the name that the certificate is for, such as the endpoint that Amazon RDS shows.',
    },
    {
      error: 'self-signed certificate in certificate chain',
      cause: 'The certificate of the database is signed by an authority that the system does not know.',
      remedy:
        'Set `DATABASE_TLS_CA_FILE` to the certificates of that authority; providers of databases publish them.',
    },
    {
      error: 'TRUSTED_PROXIES: must be said in production: the number of proxies before the service, or 0',
      cause:
        'The limit of requests counts clients by their address. Behind a proxy, all have that of the proxy, unless the service may believe its `X-Forwarded-For`; without one, clients could write there what they like.',
      remedy:
        'Set it to the number of proxies before the service: 1 behind a load balancer, 2 with a CDN before it, 0 where clients connect to the service itself.',
    },
    {
      error: 'ALLOW_ANONYMOUS: must be true in production as long as the service has no authentication',
      cause:
        'With `NODE_ENV=production`, everybody who reaches the port would share the todos of one anonymous user. The service refuses to start like that by accident.',
      remedy:
        'Provide another class for `IdentityResolver` (`src/common/identity/identity.ts`). Where something before the service already decides who may reach it, set `ALLOW_ANONYMOUS=true`.',
    },
    {
      error: '"level":"fatal" … "msg":"the service failed"',
      cause:
        'An error that no code handled ended the process with status 1: in whatever state it left the process, requests would be served wrongly. `err` has the error and where it was thrown.',
      remedy:
        'Correct what `err` names. Where it is a rejected promise, somebody did not wait for it. Until then, whoever runs the service starts it again.',
    },
    {
      error: 'listen EADDRINUSE: address already in use …',
      cause: 'Another process listens on `PORT` or `MANAGEMENT_PORT`.',
      remedy:
        'Stop it, or choose another port. Without these variables, `dev` takes a free port by itself and says which.',
    },
    {
      error: 'Port … is in use: taking …. Set … to choose one.',
      cause: 'A note of `dev`, not an error: the usual port was taken, so the service is at another one.',
      remedy: 'Use the URLs that `dev` prints, or set the variable.',
    },
    {
      error: 'The process … already uses the database in …. Stop it first, or set DATABASE_URL.',
      cause:
        'Another `dev`, or another run of the end-to-end tests, uses the same data folder: one server at a time.',
      remedy:
        'Stop that process (the number is its process id), or set `DATABASE_URL` to another PostgreSQL for `dev`.',
    },
    {
      error:
        'There is no embedded PostgreSQL for this platform (…). Set DATABASE_URL to a PostgreSQL 17 instead.',
      cause:
        'The binaries come as an optional npm package for each platform. Either there is none for yours, or it was installed without optional dependencies or for another platform, e.g. outside of a container that mounts the folder.',
      remedy: `Remove \`node_modules\` and run \`${install}\` on the machine that runs it. Where there is no package (musl), set \`DATABASE_URL\` for \`dev\`, and use Docker for the tests.`,
    },
    {
      error: 'initdb failed: …',
      cause:
        'The embedded PostgreSQL could not make its data folder, for instance because its user may not write there or a library is missing.',
      remedy:
        'Read the text behind the colon. Deleting `.data/` is safe when the data may go; setting `DATABASE_URL` avoids the embedded server.',
    },
    {
      error: 'pg_ctl failed: …',
      cause: 'The embedded PostgreSQL did not start or stop.',
      remedy:
        'The log file that the message names says why. After a crash of the machine, deleting `.data/` gives you a fresh database.',
    },
    {
      error: 'jest needs Node 24.9 or newer, and this is …',
      cause:
        'Jest can load the ES modules of NestJS from Node 24.9 on, see [the decision](adr/jest-and-commonjs.md).',
      remedy: 'Install Node 24; `.nvmrc` names it for version managers.',
    },
    {
      error: 'Could not find a working container runtime strategy',
      cause:
        'The tests were told to use Testcontainers (`TEST_DATABASE=testcontainers`, or GitHub Actions) and Docker does not answer.',
      remedy: 'Start Docker, or set `TEST_DATABASE=embedded`.',
    },
    {
      error: 'TEST_DATABASE is "…". Set it to testcontainers or embedded, or leave it out.',
      cause: 'The variable has a value that the tests do not know.',
      remedy: 'Do what the message says.',
    },
    {
      error: 'connect ECONNREFUSED …',
      cause:
        'Nothing listens where `DATABASE_URL` points. A starting service tries ten times, a second apart, and then ends with status 1.',
      remedy:
        'Check host and port. In a container, `localhost` is the container itself: use the name of the database service.',
    },
    {
      error: 'password authentication failed for user "…"',
      cause: 'The user exists with another password, or not at all.',
      remedy:
        'Check the user and password of `DATABASE_URL`, and of `MIGRATION_DATABASE_URL`, which the migrator prefers. A role that the migrator made has no password until an administrator sets one. Docker Compose sets passwords when it makes its volume, and not later. Special characters in a URL are percent-encoded.',
    },
    {
      error: 'permission denied for table …',
      cause:
        'The role lacks rights. The migrator gives the service its own, where `DATABASE_APP_USER` names its role: to read and write rows, and nothing else.',
      remedy:
        'Run the migrator with `DATABASE_APP_USER` set to the user that the service logs in with. Changes of the schema are for migrations.',
    },
    {
      error: 'The role of the service can not be made. Run this as one who may, then the migrator again: …',
      cause:
        "`DATABASE_APP_USER` names a role that does not exist, and the migrator's own role lacks `CREATEROLE`; or the role is no member of `DATABASE_APP_MEMBER_OF` yet, and the migrator may not make it one. Nothing was migrated.",
      remedy: 'Do what the message says, and give the role a password where it needs one.',
    },
    {
      error: 'DATABASE_APP_MEMBER_OF is "…", a role that this server does not have. …',
      cause: 'The variable was meant for another server, whose members of that role need no password.',
      remedy: 'Leave it out, and give the role of the service a password. Nothing was migrated.',
    },
    {
      error: 'The role of the migrator is a member of "…", and would log in like it from now on. …',
      cause:
        'With `DATABASE_APP_MEMBER_OF`, the role of the service gets a role that decides how one logs in. Whoever is a member of the first would get it too, and the password of the migrator would no longer be asked for.',
      remedy: 'Do what the message says. The owner needs no membership to migrate, nor to give rights.',
    },
    {
      error: 'The role "…" may change the schema whatever is granted: …',
      cause: '`DATABASE_APP_USER` names a role that no grant can restrict. Nothing was migrated.',
      remedy:
        'Give the service a role of its own. Where everybody may change the schema and it belongs to another role, run `REVOKE CREATE ON SCHEMA public FROM PUBLIC` as its owner.',
    },
    {
      error: 'database "…" does not exist',
      cause:
        'The server was reached; the database was never created. The migrator creates tables, not databases.',
      remedy: 'Create it (`CREATE DATABASE …`), or correct the name in `DATABASE_URL`.',
    },
    {
      error: '"migrations":{"critical":true,"status":"down","reason":"pending: …"}',
      cause: 'The database lacks migrations that this code knows, so `/health/ready` answers 503.',
      remedy: `Run \`${runPrefix} migration:run\`, or \`node dist/database/migrate.js\` in the image. The instance becomes ready by itself.`,
    },
    {
      error: 'waiting for another migrator',
      cause: 'Only one migrator works at a time. This one waits for two minutes.',
      remedy:
        'Usually none: it goes on when the other one ends. If that one hangs, its session has an `application_name` that ends in `-migrator` in `pg_stat_activity`.',
    },
    {
      error: 'Another migrator has held the lock for … ms. Find it in pg_stat_activity, or try again later.',
      cause: 'The other migrator did not end within the two minutes.',
      remedy:
        'Look at what it does. If it is dead, end its session with `pg_terminate_backend(pid)`; the lock goes with it.',
    },
    {
      error: 'a lock was not free, trying again',
      cause:
        'A migration did not get the lock on a table within `DATABASE_LOCK_TIMEOUT_MS`, because a transaction of the service holds it. It is tried five times.',
      remedy:
        'Usually none. If the last try fails too, find the long transaction (`pg_stat_activity`, `xact_start`) and run the migrator again when it is over.',
    },
    {
      error: '"msg":"migration_failed"',
      cause:
        'The field `err` has the reason, `migration` the name and `remedy` what to do. The failed migration was rolled back, unless it opts out of its transaction; those before it are complete.',
      remedy:
        'Follow [the runbook](runbooks/migration-failed-half-way.md): it tells what the state is, and what to do in each case.',
    },
    {
      error: 'the migrator failed',
      cause:
        'The migrator did not come as far as a migration: `err` has the reason, for instance a database that can not be reached, or another migrator that does not end.',
      remedy: 'Correct what `err` names and run the migrator again.',
    },
    {
      error: '… can not be undone: migrations only go forward.',
      cause: 'Something called `down()`, for instance `typeorm migration:revert`.',
      remedy:
        'Write a new migration that changes the schema again, see [the decision](adr/forward-only-migrations.md).',
    },
    {
      error: '"detail":"Try again in … s."',
      cause:
        'A client sent more than `RATE_LIMIT_REQUESTS` in the window. Where everybody gets it at once, the service takes the load balancer for the client.',
      remedy:
        'Set `TRUSTED_PROXIES` to the number of proxies before the service, never to more: beyond them, clients choose the address themselves.',
    },
    {
      error: "… has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
      cause: 'A browser shows this for a page of an origin that the service does not know.',
      remedy: 'Add the origin, with its scheme and without a path, to `CORS_ORIGINS`.',
    },
    {
      error: 'timeout exceeded when trying to connect',
      cause:
        'No connection of the pool became free, or none could be made, within `DATABASE_CONNECT_TIMEOUT_MS`. The client got a 503.',
      remedy:
        'Look at `db_client_connection_pending_requests` and the slow queries in the log before raising `DATABASE_POOL_SIZE`: all instances together have to stay below the `max_connections` of the server.',
    },
    {
      error: '…: CONCURRENTLY needs "transaction = false" in the class.',
      cause:
        'PostgreSQL refuses `CONCURRENTLY` within a transaction, and each migration has one unless it opts out.',
      remedy: 'Put the statement alone into a migration with `readonly transaction = false`.',
    },
    {
      error: '…: say why "…" does not apply: -- squawk-ignore …: <reason>',
      cause: 'An exception from a rule of the migration linter was written down without its reason.',
      remedy:
        'Write the reason behind the colon, see [the decision](adr/forward-only-migrations.md#exceptions).',
    },
    {
      error: '…: is in … and must stay as it was. Put the change into a new migration.',
      cause:
        'The file of a migration was changed that is part of a release or of the main branch, so it has been applied somewhere as it was. Line endings make no difference.',
      remedy:
        'Take the change back (`git checkout <what is named> -- <file>`), and write another migration that does what is missing.',
    },
    {
      error: '…: comes before …, which is in … already.',
      cause:
        'Another branch was merged first, with a migration that is newer than the one of this branch. Databases that have it would get the two in another order than new ones.',
      remedy:
        'Make the migration anew with the script `migration:create`, move the SQL over and delete the old file and its line in `index.ts`.',
    },
    {
      error: '… changed what can not be derived: …',
      cause:
        'The draft of `migration:reverse` was tried, and what is named after the colon is not as it was before the migration; or PostgreSQL refused it, for the reason named there.',
      remedy: 'Write the reverse by hand (`migration:create`). Nothing was written.',
    },
    {
      error: 'The migrations changed what was there:',
      cause:
        'On a database of the last release, with rows in it, the new migrations removed or added rows or changed values.',
      remedy:
        'Correct the migration; or, where that is meant, announce it in its SQL: `-- changes <table>.<column>: <reason>`, which is then shown.',
    },
    {
      error: 'Rows of … still are as they should not be (…) after all were changed',
      cause:
        'A backfill came to its end, and its `where` still finds rows: the change does not make it false, or code that runs goes on writing such rows.',
      remedy:
        'Correct the migration, which is not applied yet. Where code writes such rows, release code that does not before the backfill, and run the migrator again: it goes on with the rows that are left.',
    },
    {
      error: 'openapi.json does not say what the code does.',
      cause: 'A controller or DTO changed and the committed document did not.',
      remedy: `Run \`${runPrefix} generate\`, read the difference (it is what your clients will see) and commit it.`,
    },
    {
      error: 'Not as openapi.json has it: …',
      cause:
        'A test got an answer that the document does not describe: a status, a field, a header or a media type. Each fault is listed below the line.',
      remedy:
        'Where the answer is meant, document it (`@ApiProblems`, the DTO, `responseHeaders`), run the script `generate` and give it a row in `test/contract.e2e-spec.ts`. Otherwise correct the answer.',
    },
    {
      error: 'Nothing exercises the documented answer … of ….',
      cause: 'An operation has got a status that `test/contract.e2e-spec.ts` does not provoke.',
      remedy: 'Add a row to `exercises` there that makes the service answer with it, or do not document it.',
    },
    {
      error: 'Property failed after … tests',
      cause:
        'A made-up request got an answer that it must not get. `Counterexample` is the smallest such request that was found, and `Cause` says what is wrong with the answer.',
      remedy:
        'Either the service is wrong, or the document allows more than it should: make its schema say what is accepted. The same requests are sent in each run.',
    },
    {
      error: 'Compared with …. docs/adr/api-contract.md says how to change the API without breaking',
      cause: 'The changes listed above the line break clients of the last release.',
      remedy:
        'Add instead of changing, or write the change down in `openapi-exceptions.json`: see [the decision](adr/api-contract.md#changing-the-api).',
    },
    {
      error: 'Nothing needs this exception any more: …',
      cause:
        'The change was released, or taken back, and its exception is still in `openapi-exceptions.json`.',
      remedy: 'Remove the entry; with the last one, the file.',
    },
    {
      error: 'The clone is shallow: the last release can not be found.',
      cause:
        'The commit was fetched without the history behind it, so a comparison with the last release would pass by mistake.',
      remedy: 'Fetch the rest: `git fetch --unshallow --tags`, or `fetch-depth: 0` for `actions/checkout`.',
    },
    {
      error: '… must be longer than … and … together',
      cause:
        'Time limits have to fit into one another: the first one named waits for the others. The list is in [the README](../README.md#configuration).',
      remedy:
        'Change the limit that you meant to change, and those around it with it, outwards where it became longer. The defaults in `service.json` fit.',
    },
    {
      error: '"detail":"The request took too long. Try again soon."',
      cause:
        'The request took longer than `REQUEST_TIMEOUT_MS`, though each of its statements was in time, or it waited for something that is no database. What it did in a transaction was rolled back.',
      remedy:
        'Look for `slow query` lines with its `request_id`. Make the work smaller before the limit longer: the client and the balancer wait, too.',
    },
    {
      error: 'canceling statement due to user request',
      cause:
        'The log of the database says so where the service has cancelled a query because its client went away, or its request took too long.',
      remedy:
        'Usually none. Where there are many, the access log (status 499 or 503) tells which clients give up.',
    },
    {
      error:
        'promtool is not installed: it comes with Prometheus, e.g. the package prometheus of Debian and Ubuntu',
      cause:
        '`verify` has the metrics checked by a program of Prometheus. Without it the check is skipped, and fails where `CI=true`.',
      remedy:
        'Install Prometheus from the packages of the system or from its releases, so that `promtool` is on the `PATH`.',
    },
    {
      error: 'promtool refuses the metrics:',
      cause:
        'A metric has a name, unit or help that Prometheus advises against; the lines below say which one and why.',
      remedy: 'Rename the metric in the code and in [Metrics](observability.md#metrics), as the line says.',
    },
    {
      error: 'not stopped within … ms: stopping at once',
      cause:
        'Something did not end within `SHUTDOWN_MS`, although requests have a time limit that fits into it. The process ended with status 1.',
      remedy:
        'Look for what holds the event loop (`nodejs_eventloop_lag_max_seconds`), or for a hook `onApplicationShutdown` that does not resolve. `SHUTDOWN_MS` has to fit into the time that the platform grants before it kills.',
    },
    {
      error: '"detail":"The service failed. Its operators can find the cause by the request id."',
      cause: 'An unexpected error; clients never get its text.',
      remedy:
        'Search the logs for the `requestId` of the answer: the line "request completed" has the error with its stack in `err`.',
    },
    {
      error: '"detail":"The service can not answer now. Try again soon."',
      cause: 'The database is unreachable, stopped a statement at its time limit, or ended a deadlock.',
      remedy: '`err` in the access log tells which one. `/health/ready` tells whether it still goes on.',
    },
  ];
}
