// @ts-check
// Holds everything below infra/ to the rules in policy/, without Terraform: what is written, not what would be made.
//   node scripts/infra/policy.mjs [folder…]
import { readConfiguration } from './policy/blocks.mjs';
import { check } from './policy/rules.mjs';
import { chosenConfigurations } from './terraform.mjs';

const folders = chosenConfigurations(process.argv.slice(2));
const problems = (
  await Promise.all(folders.map(async (folder) => check(await readConfiguration(folder))))
).flat();
for (const problem of problems) console.log(problem);
console.log(`${folders.length} configurations, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
