import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktn';
import type { Environment } from '#stacks/environment';
import { EnvironmentStack } from '#stacks/environment-stack';
import { production } from '#stacks/production';
import { staging } from '#stacks/staging';

const ENVIRONMENTS: Readonly<Record<string, Environment>> = { production, staging };

/** Earlier ones have no lock files in S3. */
const CONTEXT = { targetVersions: { terraform: '>=1.11.0' } };

const NOTE = 'Written by npm run infra:synth from scripts/infra/stacks: change it there.';

/** Terraform's configuration of each environment, as JSON, by its name. */
export function synthesize(environments = ENVIRONMENTS): ReadonlyMap<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'stacks-'));
  try {
    const app = new App({ outdir, context: CONTEXT });
    for (const [name, values] of Object.entries(environments)) new EnvironmentStack(app, name, values);
    app.synth();
    const written = (name: string) => readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8');
    return new Map(Object.keys(environments).map((name) => [name, withoutMetadata(written(name))]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What is below "//" is for the command line of cdktn, which nothing here needs, and changes with its version. */
function withoutMetadata(text: string): string {
  const configuration = JSON.parse(text, (key, value: unknown) =>
    key === '//' ? undefined : value,
  ) as object;
  return `${JSON.stringify({ '//': NOTE, ...configuration }, null, 2)}\n`;
}
