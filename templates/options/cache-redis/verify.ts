import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'redis',
    title: 'Cache and shared rate limit on a real Redis, and without it',
    command: 'node scripts/test-redis.mjs',
    claims: [
      'While Redis answers, what a user writes is seen by the next read on every instance, and no user sees what belongs to another, with the cache as without',
      'All instances grant the rate limit together',
      'Without Redis every request is served in time, and Redis is used again as soon as it is back',
    ],
    order: 31,
    job: 'end-to-end',
  },
]);
