import { type IncomingMessage, ServerResponse } from 'node:http';

/** Knows what the client is sent, by whomever and in however many parts. */
export class CountedResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  private written = 0;
  private firstStatus: number | undefined;

  /** A status that is set after the first part of the answer is not sent any more. */
  get sentStatus(): number {
    return this.firstStatus ?? this.statusCode;
  }

  /** The bytes of the body. An answer to HEAD and one without content have no body, whatever is written. */
  get bodyBytes(): number {
    return (this as unknown as { _hasBody: boolean })._hasBody ? this.written : 0;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads can't be repeated
  override write(...args: any[]): boolean {
    this.note(args[0], args[1]);
    return super.write(...(args as [unknown]));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads can't be repeated
  override end(...args: any[]): this {
    this.note(args[0], args[1]);
    return super.end(...(args as [unknown]));
  }

  private note(chunk: unknown, encoding: unknown): void {
    this.firstStatus ??= this.statusCode;
    if (typeof chunk === 'string')
      this.written += Buffer.byteLength(
        chunk,
        typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8',
      );
    else if (chunk instanceof Uint8Array) this.written += chunk.byteLength;
  }
}
