import { generate } from 'selfsigned';

/** In PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that nobody knows yet. */
export async function createAuthority(): Promise<Certificate> {
  const extensions = [
    { name: 'basicConstraints' as const, cA: true, critical: true },
    { name: 'keyUsage' as const, keyCertSign: true, critical: true },
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Authority of a test' }], {
    extensions,
  });
  return { key, cert };
}

/** A certificate for the server with this name. */
export async function createCertificate(authority: Certificate, name: string): Promise<Certificate> {
  const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: name }] }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    ca: authority,
    extensions,
  });
  return { key, cert };
}
