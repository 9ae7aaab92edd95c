import { randomBytes } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * A new UUID of version 7 (RFC 9562): ids sort by the time of their creation, within one process strictly.
 */
export function uuidV7(now = Date.now()): string {
  const random = randomBytes(10);
  if (now > lastMs) {
    lastMs = now;
    // Half of the range stays free for more ids of the same millisecond.
    sequence = random.readUInt16BE(0) & 0x7ff;
  } else if (++sequence > 0xfff) {
    lastMs += 1;
    sequence = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const counter = sequence.toString(16).padStart(3, '0');
  const variant = ((random[2] ?? 0) & 0x3f) | 0x80;
  const tail = variant.toString(16) + random.toString('hex', 3);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${tail.slice(0, 4)}-${tail.slice(4, 16)}`;
}
