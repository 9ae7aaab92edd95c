// @ts-check
// Loaded before the service: lets nothing else run for a while when the signal comes.
process.on('SIGUSR2', () => {
  const end = Date.now() + 600;
  while (Date.now() < end);
});
