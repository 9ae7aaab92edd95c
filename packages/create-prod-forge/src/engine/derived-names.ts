import { createHash } from 'node:crypto';

/** Leaves room for `-production`, `_test` and the like within the 63 characters of PostgreSQL and RDS. */
const LONGEST = 40;

/**
 * Starts that AWS refuses: RDS wants a letter, SSM reserves `aws` and `ssm`, load balancers `internal-`, security groups `sg-`.
 * ECR wants two characters at least.
 */
const REFUSED_BY_AWS = /^(?![a-z])|^(aws|ssm|internal-|sg-)|^.$/;

/** Databases and roles that exist already, on PostgreSQL or on RDS, and prefixes that are theirs. */
const TAKEN_IN_POSTGRESQL = /^(postgres|template0|template1|rdsadmin|admin|public|none|pg_.*|rds_.*|rds)$/;

/** PostgreSQL's reserved words: valid only in quotes, and refused by RDS. */
const RESERVED_IN_SQL = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
   concurrently constraint create cross current_catalog current_date current_role current_schema current_time
   current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
   full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
   localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right
   select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using
   variadic verbose when where window with`.split(/\s+/),
);

/** The form for Docker, Terraform, ECS, ECR, RDS, SSM and load balancers: `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`, 2 to 40 characters. */
export function deriveSlug(name: string): string {
  const slug = words(name).join('-');
  return shorten(REFUSED_BY_AWS.test(slug) ? `app-${slug}` : slug, '-');
}

/** The form for a PostgreSQL database and role, usable without quotes: `^[a-z][a-z0-9_]*$`, at most 40 characters. */
export function deriveDatabase(name: string): string {
  const joined = words(name).join('_');
  const database = /^[a-z]/.test(joined) ? joined : `app_${joined}`;
  const taken = TAKEN_IN_POSTGRESQL.test(database);
  return shorten(taken || RESERVED_IN_SQL.has(database) ? `app_${database}` : database, '_');
}

/** The form for headings: `my-api` becomes `My Api`. */
export function deriveTitle(name: string): string {
  return words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

function words(name: string): readonly string[] {
  return name.split(/[._-]+/).filter(Boolean);
}

/** Two long names with the same start stay different. */
function shorten(text: string, separator: string): string {
  if (text.length <= LONGEST) return text;
  const suffix = `${separator}${createHash('sha256').update(text).digest('hex').slice(0, 6)}`;
  const head = text.slice(0, LONGEST - suffix.length);
  return `${head.replace(/[-_]+$/, '')}${suffix}`;
}
