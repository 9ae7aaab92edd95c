import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimitHook } from './rate-limit.hook';
import type { RateLimiter } from './rate-limiter';

describe('the hook of the rate limit', () => {
  it('lets nobody through of whom the limiter knows nothing', async () => {
    const limiter: RateLimiter = { consume: async () => Promise.reject(new Error('out of reach')) };
    const request = { ip: '198.51.100.7' } as FastifyRequest;
    const checked = new RateLimitHook(limiter).check(request, {} as FastifyReply);
    await expect(checked).rejects.toThrow('out of reach');
  });
});
