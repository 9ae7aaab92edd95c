import {
  S3Backend,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
} from 'cdktn';
import type { Construct } from 'constructs';
import { AwsProvider } from '#stacks/aws-provider';
import type { Environment } from '#stacks/environment';

/** What belongs to the team and its account, said in `terraform.tfvars`. */
const VARIABLES = {
  region: 'AWS region, the same as that of `bootstrap`.',
  alarm_email: 'Who is told of alarms and of costs.',
  domain_name:
    "Name under which clients reach the service; null for the balancer's own name, with a certificate of yours.",
  hosted_zone_id:
    'Public hosted zone in Route 53 that holds `domain_name`; null where DNS is kept elsewhere.',
  certificate_arn: 'ARN of a certificate in ACM; null to have one made for `domain_name`.',
};

/** Outputs of the module that are outputs of the root. */
const OUTPUTS = {
  url: 'Where clients reach the service.',
  dns_name: "The balancer's own name, to point a record at where DNS is kept elsewhere.",
  dashboard_url: 'Where the dashboard is.',
  alarm_topic_arn: 'Topic to which all alarms publish, for further subscriptions.',
  observability: 'Where Prometheus, Loki and Grafana are.',
  deployment: 'What a release has to know, as the parameter `/<service>/<environment>/deployment` says it.',
};

/** One environment: a root of its own, with its own state, that calls `infra/modules/environment`. */
export class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, name: string, values: Environment) {
    super(scope, name);
    this.addOverride('terraform.required_version', '>= 1.11');
    this.keepStateInS3(`${name}/terraform.tfstate`);

    const variables = this.declareVariables();
    // Read when Terraform runs, so that a change of service.json needs no synthesis.
    const service = new TerraformLocal(
      this,
      'service',
      '${jsondecode(file("${path.module}/../../../service.json"))}',
    );

    // The roles of the pipelines tell environments apart by the tag `environment`.
    const tags = { service: `\${${service.fqn}.name}`, environment: name };
    new AwsProvider(this, { region: variables.region, tags });

    const environment = new TerraformHclModule(this, 'environment', {
      source: '../../modules/environment',
      // The module itself, and not a copy of it among the assets of the stack.
      skipAssetCreationFromLocalModules: true,
      variables: { service: service.asString, environment: name, ...variables, ...values },
    });
    for (const [output, description] of Object.entries(OUTPUTS))
      new TerraformOutput(this, output, { value: environment.getString(output), description });
  }

  /** In the bucket that `bootstrap` made; what is missing here comes from `infra/backend.hcl`. */
  private keepStateInS3(key: string): void {
    new S3Backend(this, { bucket: '', key, encrypt: true, useLockfile: true }).addOverride(
      'bucket',
      undefined,
    );
  }

  /** Declares the variables, and gives the expressions that stand for them. */
  private declareVariables(): Record<keyof typeof VARIABLES, string> {
    const entries = Object.entries(VARIABLES).map(([variable, description]) => [
      variable,
      new TerraformVariable(this, variable, { type: 'string', description }).stringValue,
    ]);
    return Object.fromEntries(entries) as Record<keyof typeof VARIABLES, string>;
  }
}
