import type { ServerResponse } from 'node:http';

/** Counts the bytes that are written as the body of an answer, by whomever and in however many parts. */
export function countBodyBytes(response: ServerResponse): () => number {
  let bytes = 0;
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  const count = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string')
      bytes += Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
    else if (chunk instanceof Uint8Array) bytes += chunk.byteLength;
  };
  response.write = (...args: unknown[]) => {
    count(args[0], args[1]);
    return write(...args);
  };
  response.end = (...args: unknown[]) => {
    count(args[0], args[1]);
    return end(...args);
  };
  // An answer to HEAD and one without content have no body, whatever is written.
  return () => ((response as unknown as { _hasBody: boolean })._hasBody ? bytes : 0);
}
