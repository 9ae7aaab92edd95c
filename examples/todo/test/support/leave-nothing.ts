import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScriptProcess } from './child';
import { dropDatabases } from './database';

// After the last test of each file, nothing of what they started may be there.
afterAll(async () => {
  const processes = ScriptProcess.killAll();
  const sessions = await dropDatabases();
  // What has just been closed is active until the next turn of the event loop.
  await nextTurn();
  const listeners = process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap');
  const left = { processes, 'sessions of the database': sessions, 'listening servers': listeners };
  const found = Object.entries(left).filter(([, items]) => items.length > 0);
  if (found.length === 0) return;
  const lines = found.map(([what, items]) => `  ${what}: ${items.join(', ')}`);
  throw new Error(`The tests of this file leave behind:\n${lines.join('\n')}`);
});
