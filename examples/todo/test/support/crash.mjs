// @ts-check
// Loaded before the service: makes it fail in the way that CRASH names, when the signal comes.
process.once('SIGUSR2', () => {
  const cause = new Error(`GET /?token=${process.env.API_TOKEN} for ${process.env.DATABASE_URL}`);
  const error = new Error('a planted fault', { cause });
  if (process.env.CRASH === 'unhandledRejection') void Promise.reject(error);
  else throw error;
});
