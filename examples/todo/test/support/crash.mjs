// @ts-check
// Loaded before the service: makes it fail in the way that CRASH names, when the signal comes.
process.once('SIGUSR2', () => {
  const error = new Error('a planted fault');
  if (process.env.CRASH === 'unhandledRejection') void Promise.reject(error);
  else throw error;
});
