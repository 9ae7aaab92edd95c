import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { brotliCompress, constants, deflate, gzip } from 'node:zlib';

type Done = (error: Error | null, compressed: Buffer) => void;

/** Below, the headers would outweigh what is saved. */
const FROM_LENGTH = 1024;
const COMPRESSIBLE = /^text\/|[/+](?:json|xml|javascript)\b/;
/** The highest quality, which is the default, takes longer than the transfer that it saves. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
/** Preferred in this order; all work outside of the event loop. */
const COMPRESSORS = new Map<string, (text: string, done: Done) => void>([
  [
    'br',
    (text, done) => {
      brotliCompress(text, BROTLI, done);
    },
  ],
  ['gzip', gzip],
  ['deflate', deflate],
]);

/** Compresses texts of some length for clients that accept it. */
export function compressAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || !isWorthIt(reply, payload)) {
      done(null, payload);
      return;
    }
    // Caches have to know of the other forms of an answer, whichever they get.
    const vary = [reply.getHeader('vary'), 'accept-encoding'].flat().filter(Boolean);
    void reply.header('vary', vary.join(', '));
    const encoding = negotiate(request.headers['accept-encoding'] ?? '', [...COMPRESSORS.keys()]) ?? '';
    const compress = COMPRESSORS.get(encoding);
    if (!compress) {
      done(null, payload);
      return;
    }
    compress(payload, (error, compressed) => {
      // The request was given up meanwhile.
      if (reply.sent) return;
      if (error) {
        done(error);
        return;
      }
      void reply.header('content-encoding', encoding);
      done(null, compressed);
    });
  });
}

function isWorthIt(reply: FastifyReply, payload: string): boolean {
  return (
    payload.length >= FROM_LENGTH &&
    COMPRESSIBLE.test(String(reply.getHeader('content-type'))) &&
    // A strong entity tag names these very bytes: RFC 9110 has no room for another form under the same.
    !reply.hasHeader('etag') &&
    !reply.hasHeader('content-encoding')
  );
}
