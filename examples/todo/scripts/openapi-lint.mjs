// @ts-check
// Lints openapi.json by the rules in redocly.yaml.
import { redocly } from './lib/redocly.mjs';

const { status, stdout, stderr } = redocly('lint', 'openapi.json', '--format=stylish', '--lint-config=error');
if (status === 0) {
  console.log('openapi.json follows the rules.');
} else {
  console.error(`${stdout}${stderr}`);
  console.error(
    'Each rule is explained at https://redocly.com/docs/cli/rules; redocly.yaml has the chosen ones.',
  );
  process.exitCode = 1;
}
