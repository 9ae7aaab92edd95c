import { defineChecks } from 'create-prod-forge/feature';

export default defineChecks([
  {
    id: 'rds',
    title: 'Logging in to RDS, with the variables of the tasks, on a real PostgreSQL',
    command: 'node --run test:rds',
    claims: [
      'With the variables that Terraform gives to the tasks, migrations log in with the password of the owner and the service with tokens of IAM',
      'Each connection has a token of its own, for its host, port, role and region, and none is ever sent in the clear or logged',
      'Where tokens are refused or can not be made, an instance says why, answers 503, and goes on by itself when they hold again',
    ],
    order: 32,
  },
]);
