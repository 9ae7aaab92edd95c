import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'workflows',
    title: 'Pipelines: valid, and hardened as the policy says',
    command: 'node scripts/workflows/lint.mjs',
    claims: [
      "Pipelines run others' code by commit only, have no right that they don't name, end in time, and let no input into a shell",
      'shellcheck has nothing to say about the shell in pipelines, git hooks and scripts',
    ],
    order: 10,
    job: 'static',
  },
]);
