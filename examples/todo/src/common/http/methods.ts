import type { FastifyInstance, HTTPMethods } from 'fastify';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods that have a route for the path of a URL; none where the path is unknown. */
export function methodsOf(fastify: FastifyInstance, url: string): readonly HTTPMethods[] {
  const [path = '/'] = url.split(/[?#;]/);
  // Fastify's types do not know that there may be none.
  const find = (method: HTTPMethods): unknown => fastify.findRoute({ method, url: path });
  return METHODS.filter((method) => find(method) !== null);
}
