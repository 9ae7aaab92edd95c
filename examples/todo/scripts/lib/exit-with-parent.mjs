// @ts-check
// Loaded before a child process of `dev`: ends it when its parent is gone, even if that was killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
