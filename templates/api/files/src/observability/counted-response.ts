import { type IncomingMessage, ServerResponse } from 'node:http';

/** Counts the bytes that are written as the body of an answer, by whomever and in however many parts. */
export class CountedResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  private written = 0;

  /** An answer to HEAD and one without content have no body, whatever is written. */
  get bodyBytes(): number {
    return (this as unknown as { _hasBody: boolean })._hasBody ? this.written : 0;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads can't be repeated
  override write(...args: any[]): boolean {
    this.count(args[0], args[1]);
    return super.write(...(args as [unknown]));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads can't be repeated
  override end(...args: any[]): this {
    this.count(args[0], args[1]);
    return super.end(...(args as [unknown]));
  }

  private count(chunk: unknown, encoding: unknown): void {
    if (typeof chunk === 'string')
      this.written += Buffer.byteLength(
        chunk,
        typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8',
      );
    else if (chunk instanceof Uint8Array) this.written += chunk.byteLength;
  }
}
