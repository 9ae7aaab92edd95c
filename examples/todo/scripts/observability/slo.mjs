// @ts-check
// Writes the rules of Prometheus that follow from observability/slo.yaml, or checks that they were written.
//   node scripts/observability/slo.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { METRICS, boundsIn, readObjectives } from './lib/objectives.mjs';
import { sloRules } from './lib/slo-rules.mjs';

const SOURCE = 'observability/slo.yaml';
const RULES = 'observability/prometheus/rules/slo.yaml';
const HEADER = '# Written by the script `slo` from observability/slo.yaml.\n';

if (!existsSync(SOURCE)) {
  console.error(
    `There is no ${SOURCE}. Restore it from the history, or write what observability/slo.schema.json describes.`,
  );
  process.exit(2);
}
const schema = JSON.parse(readFileSync('observability/slo.schema.json', 'utf8'));
const { objectives, problems } = readObjectives(readFileSync(SOURCE, 'utf8'), {
  file: SOURCE,
  schema,
  bounds: boundsIn(readFileSync(METRICS, 'utf8')),
});
if (!objectives) {
  for (const problem of problems) console.error(problem);
  process.exit(2);
}
const text =
  HEADER + stringify(sloRules(objectives), { lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false });
if (existsSync(RULES) && readFileSync(RULES, 'utf8') === text) {
  console.log(`${RULES} is what ${SOURCE} says.`);
} else if (process.argv.includes('--check')) {
  console.error(`${RULES} is not what ${SOURCE} says. Run: node --run slo`);
  process.exitCode = 1;
} else {
  writeFileSync(RULES, text);
  console.log(`Wrote ${RULES}.`);
}
