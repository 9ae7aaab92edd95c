import { AccessLost } from '#deploy/core/problem';

const EXPIRED = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'CredentialsProviderError',
  'TokenRefreshRequired',
];

function isExpired(error: unknown): error is Error {
  return error instanceof Error && EXPIRED.includes(error.name);
}

/**
 * Calls AWS; with fresh credentials once more where they have expired, since a login elsewhere renews what a profile names.
 * Throws an {@link AccessLost} where that is no use.
 */
export async function withAccess<T>(call: () => Promise<T>, renew: () => void): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isExpired(error)) throw error;
    renew();
  }
  try {
    return await call();
  } catch (error) {
    throw isExpired(error) ? new AccessLost(`${error.name}: ${error.message}`) : error;
  }
}
