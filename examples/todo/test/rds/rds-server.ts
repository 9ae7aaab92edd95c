import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { Client } from 'pg';
import type { Certificate } from '../support/certificates';
import { query } from '../support/database';
import { askPassword, asksForTls, readStartup, refuse, welcome } from './messages';
import type { Credentials } from './task-credentials';
import { problemOf } from './token';

export const RDS_IAM = 'rds_iam';

export interface Login {
  readonly user: string;
  readonly password: string;
  /** What was wrong with the token. */
  readonly problem?: string | undefined;
}

interface Options {
  /** A real database, for whoever may do everything. */
  readonly url: string;
  readonly certificate: Certificate;
  readonly region: string;
  readonly credentials: Credentials;
}

type Wire = Client & {
  readonly connection: { readonly stream: Socket };
  processID: number;
  secretKey: number;
};

/**
 * A real PostgreSQL behind the door of RDS: TLS only, and members of `rds_iam` come in with a token of IAM and with
 * nothing else, while the passwords of all others are for PostgreSQL itself to check.
 */
export class RdsServer {
  /** Of everyone who gave a password, in order. */
  readonly logins: Login[] = [];
  /** How far its clock is ahead: 15 minutes, and every token has expired. */
  clockAheadMs = 0;

  private readonly sockets = new Set<Duplex>();
  private readonly server = createServer((socket) => {
    this.keep(socket);
    this.serve(socket).catch(() => socket.destroy());
  });

  private constructor(private readonly options: Options) {}

  static async start(options: Options): Promise<RdsServer> {
    const rds = new RdsServer(options);
    rds.server.listen(0, '127.0.0.1');
    await once(rds.server, 'listening');
    return rds;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  loginsOf(name: string): readonly Login[] {
    return this.logins.filter(({ user }) => user === name);
  }

  /** Ends all sessions, as a failover does. */
  endSessions(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.endSessions();
    await once(this.server, 'close');
  }

  private keep(socket: Duplex): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
  }

  private async serve(socket: Socket): Promise<void> {
    if (!(await asksForTls(socket))) {
      refuse(socket, '28000', 'no pg_hba.conf entry, no encryption');
      return;
    }
    socket.write('S');
    const { key, cert } = this.options.certificate;
    const client = new TLSSocket(socket, { isServer: true, key, cert });
    this.keep(client);
    const startup = await readStartup(client);
    const user = startup.user ?? '';
    const password = await askPassword(client);
    const byToken = await this.needsToken(user);
    const problem = byToken ? this.problemOf(user, password) : undefined;
    this.logins.push({ user, password, problem });
    if (problem !== undefined) {
      refuse(client, '28000', `PAM authentication failed for user "${user}"`);
      return;
    }
    const session = this.session(startup, byToken ? undefined : { user, password });
    try {
      await session.connect();
      if (byToken) await session.query(`SET SESSION AUTHORIZATION ${user}`);
    } catch (error) {
      const { code = '58000', message } = error as Error & { code?: string };
      refuse(client, code, message);
      return;
    }
    const { stream } = session.connection;
    stream.removeAllListeners();
    this.keep(stream);
    stream.on('close', () => client.destroy());
    client.on('close', () => stream.destroy());
    welcome(client, session.processID, session.secretKey);
    client.pipe(stream).pipe(client);
  }

  /** Members by a grant that they do not inherit, such as who made the role, do not count. */
  private async needsToken(user: string): Promise<boolean> {
    const [role] = await query<{ member: boolean }>(
      this.options.url,
      `SELECT NOT rolsuper AND pg_has_role(oid, '${RDS_IAM}', 'USAGE') AS member FROM pg_roles WHERE rolname = $1`,
      [user],
    );
    return role?.member ?? false;
  }

  private problemOf(user: string, token: string): string | undefined {
    const { region, credentials } = this.options;
    const host = `localhost:${this.port}`;
    return problemOf(token, { host, region, user, credentials, now: Date.now() + this.clockAheadMs });
  }

  /** A session with the settings that the client asks for. */
  private session(
    startup: Readonly<Record<string, string>>,
    login: { user: string; password: string } | undefined,
  ): Wire {
    const url = new URL(this.options.url);
    if (login) [url.username, url.password] = [login.user, login.password];
    url.pathname = startup.database ?? '';
    return new Client({
      connectionString: url.href,
      application_name: startup.application_name,
      statement_timeout: Number(startup.statement_timeout ?? 0),
      lock_timeout: Number(startup.lock_timeout ?? 0),
    }) as Wire;
  }
}
