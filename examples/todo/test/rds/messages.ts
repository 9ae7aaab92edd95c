import { once } from 'node:events';
import type { Duplex } from 'node:stream';

/** The few messages of PostgreSQL's protocol with which a session begins. */

const SSL_REQUEST = 80_877_103;

/** Rejects where the other side ends before. */
async function read(stream: Duplex, bytes: number): Promise<Buffer> {
  for (;;) {
    const chunk = stream.read(bytes) as Buffer | null;
    if (chunk?.length === bytes) return chunk;
    if (chunk || stream.readableEnded || stream.destroyed) throw new Error('the client is gone');
    await Promise.race([once(stream, 'readable'), once(stream, 'close')]);
  }
}

async function readBody(stream: Duplex): Promise<Buffer> {
  return read(stream, (await read(stream, 4)).readInt32BE() - 4);
}

/** Whether the client asks for encryption before it says anything else. */
export async function asksForTls(stream: Duplex): Promise<boolean> {
  return (await readBody(stream)).readInt32BE() === SSL_REQUEST;
}

/** What the client says of its session: user, database, settings. */
export async function readStartup(stream: Duplex): Promise<Readonly<Record<string, string>>> {
  const words = (await readBody(stream)).toString('utf8', 4).split('\0');
  return Object.fromEntries(
    words.flatMap((word, index) => (index % 2 === 0 && word ? [[word, words[index + 1] ?? '']] : [])),
  );
}

/** Asks for the password as it is, like PAM does. */
export async function askPassword(stream: Duplex): Promise<string> {
  stream.write(message('R', int32(3)));
  await read(stream, 1);
  return (await readBody(stream)).toString('utf8').replace(/\0$/, '');
}

export function refuse(stream: Duplex, code: string, text: string): void {
  const fields = { S: 'FATAL', V: 'FATAL', C: code, M: text };
  stream.end(
    message(
      'E',
      ...Object.entries(fields).map(([name, value]) => Buffer.from(`${name}${value}\0`)),
      Buffer.of(0),
    ),
  );
}

export function welcome(stream: Duplex, processId: number, secretKey: number): void {
  stream.write(
    Buffer.concat([
      message('R', int32(0)),
      message('K', int32(processId), int32(secretKey)),
      message('Z', Buffer.from('I')),
    ]),
  );
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}
