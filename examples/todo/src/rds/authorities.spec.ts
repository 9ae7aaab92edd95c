import { X509Certificate } from 'node:crypto';
import { readConfiguration } from '../../scripts/infra/policy/blocks.mjs';
import { authoritiesOf } from './authorities';

const nameOf = ({ subject }: X509Certificate) => /CN=(.*)/.exec(subject)?.[1] ?? '';
const IN_A_YEAR = Date.now() + 365 * 24 * 3_600_000;

describe('the authorities of RDS', () => {
  it('are those of the region and no others, self-signed, and valid for a year at least', () => {
    const certificates = authoritiesOf('eu-central-1').map((pem) => new X509Certificate(pem));
    expect(certificates.map(nameOf).sort()).toEqual([
      'Amazon RDS eu-central-1 Root CA ECC384 G1',
      'Amazon RDS eu-central-1 Root CA RSA2048 G1',
      'Amazon RDS eu-central-1 Root CA RSA4096 G1',
    ]);
    for (const certificate of certificates) {
      expect(certificate.ca && certificate.verify(certificate.publicKey)).toBe(true);
      expect(Date.parse(certificate.validTo)).toBeGreaterThan(IN_A_YEAR);
    }
  });

  it('include the one that Terraform chooses for the database', async () => {
    const database = (await readConfiguration('infra/modules/database')).find(
      ({ type }) => type === 'aws_db_instance',
    );
    const chosen = /^rds-ca-(\w+)-(g\d)$/.exec(String(database?.body.ca_cert_identifier));
    const name = `Root CA ${chosen?.[1]} ${chosen?.[2]}`.toUpperCase();
    const names = authoritiesOf('eu-central-1').map((pem) => nameOf(new X509Certificate(pem)).toUpperCase());
    expect(names.filter((candidate) => candidate.endsWith(name))).toHaveLength(1);
  });

  it('are unknown for a region that there is not', () => {
    expect(authoritiesOf('eu-nowhere-1')).toEqual([]);
  });
});
