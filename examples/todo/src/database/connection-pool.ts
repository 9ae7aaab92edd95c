import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** The pool of connections; there is none before the first contact. */
export function connectionPool(dataSource: DataSource): Pool | undefined {
  return (dataSource.driver as unknown as { master?: Pool }).master;
}
