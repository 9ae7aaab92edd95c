// @ts-check
// Loaded before the service: when the signal comes, lets nothing else run for a while, BLOCK_TIMES times in a row.
process.on('SIGUSR2', () => {
  block(Number(process.env.BLOCK_TIMES ?? 1));
});

/** @param {number} times */
function block(times) {
  const end = Date.now() + 600;
  while (Date.now() < end);
  if (times > 1) setTimeout(block, 0, times - 1);
}
