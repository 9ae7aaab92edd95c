import { Client, Connection } from 'pg';

/** The server has to be told within this time, or it is not there. */
const LIMIT_MS = 1000;

/** What the types of `pg` leave out. */
interface Internals {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean | object;
  readonly processID: number;
  readonly secretKey: number;
}
type Wire = Connection & {
  connect: (port: number | string, host?: string) => void;
  requestSsl: () => void;
  cancel: (processID: number, secretKey: number) => void;
};

/**
 * Asks the server to stop what it does for a connection, which it then reports there as an error. That takes another
 * connection, as encrypted as the first. Resolves when the server has passed the request on, or can't be reached: until
 * then, nothing else may be sent on the first, or it would be stopped instead.
 */
export async function cancelQuery(client: Client): Promise<void> {
  const { host, port, ssl, processID, secretKey } = client as unknown as Internals;
  const wire = new Connection({ ssl }) as Wire;
  const cancel = () => {
    wire.cancel(processID, secretKey);
  };
  const timer = setTimeout(() => wire.stream.destroy(), LIMIT_MS);
  await new Promise<void>((resolve) => {
    wire.on('error', resolve).once('end', resolve);
    wire.once('sslconnect', cancel).once('connect', () => {
      if (ssl) wire.requestSsl();
      else cancel();
    });
    if (host.startsWith('/')) wire.connect(`${host}/.s.PGSQL.${port}`);
    else wire.connect(port, host);
  });
  clearTimeout(timer);
  wire.stream.destroy();
}
