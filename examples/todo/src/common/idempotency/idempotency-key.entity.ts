import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key under which a user has sent a request, with what was made of it. */
@Entity('idempotency_keys')
@Index('idempotency_keys_expires_at_idx', ['expiresAt'])
export class IdempotencyKey {
  @PrimaryColumn({ name: 'user_id', type: 'text', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  userId!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key!: string;

  /** Tells the request from others. */
  @Column({ type: 'text' })
  fingerprint!: string;

  /** Null only within the transaction that makes it. */
  @Column({ type: 'jsonb', nullable: true })
  result!: unknown;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
