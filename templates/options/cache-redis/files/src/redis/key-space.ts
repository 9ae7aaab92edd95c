import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { environmentName } from '../config/runtime.environment';
import { service } from '../config/service';

/**
 * Names the keys, so that services, environments and databases can share one Redis: what is known of one
 * database never answers for another.
 */
@Injectable()
export class KeySpace {
  private readonly prefix: string;

  constructor(@InjectDataSource() dataSource: DataSource) {
    this.prefix = [service.name, environmentName(), dataSource.driver.database ?? service.database.name].join(
      ':',
    );
  }

  /** A key within the space. */
  key(...parts: readonly string[]): string {
    return [this.prefix, ...parts].join(':');
  }

  /** A key of one user. Its id, which may be personal and of any form, stays out of the keys. */
  userKey(userId: string, ...parts: readonly string[]): string {
    return this.key('user', fingerprint(userId), ...parts);
  }
}

/** A short name for a text: equal for equal texts, and in practice only for those. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
