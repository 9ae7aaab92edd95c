import { runCreate } from './commands/create.ts';
import { helpText } from './commands/help.ts';
import { runList } from './commands/list.ts';
import { runSchema } from './commands/schema.ts';
import { parseArguments, wantsJson } from './arguments.ts';
import { generatorVersion, loadRegistry } from './registry.ts';
import { describeFailure, failureToJson, formatFailure } from './terminal/errors.ts';
import { createStyle } from './terminal/style.ts';

/**
 * The command line: arguments in, exit status out (in `process.exitCode`): 0 done, 1 unexpected failure, 2 wrong input,
 * 130 interrupted.
 *
 * @param argv the arguments after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader such as `head` may leave before everything is said.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    process.exitCode = await dispatch(argv);
  } catch (error) {
    const failure = describeFailure(error);
    process.exitCode = failure.exitStatus;
    if (wantsJson(argv)) process.stdout.write(`${JSON.stringify(failureToJson(failure), null, 2)}\n`);
    else process.stderr.write(formatFailure(failure, createStyle(process.stderr)));
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const registry = await loadRegistry();
  const invocation = parseArguments(registry, argv);
  switch (invocation.command) {
    case 'version':
      process.stdout.write(`${generatorVersion}\n`);
      return 0;
    case 'help':
      process.stdout.write(helpText(registry));
      return 0;
    case 'list':
      return runList(registry, invocation);
    case 'schema':
      return runSchema(registry);
    case 'create':
      return runCreate(registry, invocation);
  }
}
