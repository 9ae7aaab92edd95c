#!/usr/bin/env node
import module from 'node:module';

// Kept in syntax that any Node can parse, so that an old one gets a sentence instead of a stack.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: create-prod-forge needs Node 20.19 or later, and this is ${process.versions.node}.`);
  console.error('       Install a newer Node, then run the command again.');
  process.exitCode = 2;
} else {
  // From the second run on, Node 22.8 and later start without compiling the bundle again.
  /** @type {{ enableCompileCache?: () => unknown }} */ (module).enableCompileCache?.();
  void import('../dist/index.js').then(({ main }) => main(process.argv.slice(2)));
}
