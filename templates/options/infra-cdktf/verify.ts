import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'infra-synth',
    title: "Stacks: Terraform's JSON is what they describe",
    command: 'node scripts/infra/stacks/synth.ts --check',
    claims: ['What is reviewed and applied is what the TypeScript stacks describe, byte for byte'],
    order: 10,
    job: 'static',
  },
]);
