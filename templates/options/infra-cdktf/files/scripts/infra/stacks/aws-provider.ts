import { TerraformProvider } from 'cdktn';
import type { Construct } from 'constructs';

interface AwsProviderSettings {
  readonly region: string;
  /** What every resource is tagged with. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The provider of AWS, as far as a root needs it. Its prebuilt bindings weigh 476 MB: modules need none of them. */
export class AwsProvider extends TerraformProvider {
  private readonly settings: AwsProviderSettings;

  constructor(scope: Construct, settings: AwsProviderSettings) {
    super(scope, 'aws', {
      terraformResourceType: 'aws',
      terraformProviderSource: 'hashicorp/aws',
      terraformGeneratorMetadata: { providerName: 'aws', providerVersionConstraint: '~> 6.0' },
    });
    this.settings = settings;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { region: this.settings.region, default_tags: { tags: this.settings.tags } };
  }
}
