// Writes what the stacks describe into infra/environments, or checks that it was written. Needs no Terraform.
//   node scripts/infra/stacks/synth.ts [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '#stacks/app';

const isCheck = process.argv.includes('--check');
for (const [environment, text] of synthesize()) {
  const file = join('infra', 'environments', environment, 'cdk.tf.json');
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    console.log(`${file} is what the stacks describe.`);
  } else if (isCheck) {
    console.error(`${file} is not what the stacks describe. Run: npm run infra:synth`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`Wrote ${file}.`);
  }
}
