import { isIP, isIPv6 } from 'node:net';

/**
 * The key under which the requests of a client are counted: its address, for IPv6 its /64 network, since one
 * client usually has all of it.
 */
export function clientKey(address: string): string {
  // A proxy can write anything into its header.
  if (isIP(address) === 0) return 'unknown';
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = plain.includes('::')
    ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
    : [];
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
