import type { Cloud } from '#deploy/cloud/cloud';
import type { Arguments } from '#deploy/core/arguments';
import type { Deployment } from '#deploy/core/deployment';
import type { Settings } from '#deploy/core/settings';
import type { Reporter } from '#deploy/reporter';
import type { SmokeTest } from '#deploy/smoke/smoke';

/** What the parts of a command share. */
export interface Context {
  readonly args: Arguments;
  readonly settings: Settings;
  readonly cloud: Cloud;
  readonly deployment: Deployment;
  /** Where releases are recorded. */
  readonly path: string;
  readonly reporter: Reporter;
  readonly smokeTest: SmokeTest;
  /** Who runs it. */
  readonly by: string;
}

/** How to type the commands again. */
export function commandsOf({ args }: Pick<Context, 'args'>) {
  const { command, environment, image, to } = args;
  const typed = (name: string, ...more: readonly string[]): string =>
    ['node --run', name, '-- --environment', environment, ...more].join(' ');
  const own = command === 'deploy' ? ['--image', image] : to === undefined ? [] : ['--to', String(to)];
  return { again: typed(command, ...own), rollback: typed('rollback'), releases: typed('releases') };
}
