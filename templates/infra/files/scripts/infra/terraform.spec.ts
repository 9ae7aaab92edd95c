import { existsSync } from 'node:fs';
import { withoutAccount } from './terraform.mjs';

describe('Terraform', () => {
  it('finds no account, whoever runs it', () => {
    const { PATH, ...others } = withoutAccount({
      PATH: '/bin',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_PROFILE: 'production',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
    });
    expect(PATH).toBe('/bin');
    const { AWS_CONFIG_FILE = '', AWS_SHARED_CREDENTIALS_FILE = '', ...rest } = others;
    expect(rest).toEqual({ AWS_EC2_METADATA_DISABLED: 'true' });
    expect([AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE].map((file) => existsSync(file))).toEqual([
      false,
      false,
    ]);
  });
});
