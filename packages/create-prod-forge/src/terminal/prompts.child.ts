import { exitOnSignals } from './interrupt.ts';
import { describeFailure } from './errors.ts';
import { ask, confirm, isInteractive } from './prompts.ts';

exitOnSignals();
try {
  process.stdout.write(`interactive: ${isInteractive()}\n`);
  const answers = await ask([
    {
      type: 'text',
      name: 'name',
      message: 'Name',
      initial: 'my-api',
      problem: (input) => (input === 'bad' ? 'That is not possible.' : undefined),
    },
    {
      type: 'select',
      name: 'cache',
      message: 'Cache',
      initial: 'redis',
      choices: [
        { value: 'none', title: 'none', description: 'adds nothing' },
        { value: 'redis', title: 'redis', description: 'adds a cache in front of reads' },
      ],
    },
  ]);
  const sure = await confirm('Create it?', false);
  process.stdout.write(`answers: ${JSON.stringify({ ...answers, sure })}\n`);
} catch (error) {
  const { code, exitStatus } = describeFailure(error);
  process.stdout.write(`failure: ${code}\n`);
  process.exitCode = exitStatus;
}
