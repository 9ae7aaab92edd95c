import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { Signer } from '@aws-sdk/rds-signer';

export interface Login {
  readonly hostname: string;
  readonly port: number;
  readonly username: string;
  readonly region: string;
}

/** No token could be made: there are no credentials to sign it with. */
export class LoginTokenError extends Error {
  /** SQLSTATE for a client that can't connect: whoever asked gets the answer that the database is unavailable. */
  readonly code = '08001';

  constructor(cause: unknown) {
    super(
      `there is no token of IAM to log in with: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.name = 'LoginTokenError';
  }
}

/**
 * Those of the role of the task; on the machine of a developer, of whoever is logged in to AWS. They are kept until shortly
 * before they expire. Who connects has little time, and tries again: nothing is gained by trying again here.
 */
const credentials = fromNodeProviderChain({ maxRetries: 0 });

/**
 * A token with which the role can log in for 15 minutes. Signing it asks nobody.
 *
 * @throws LoginTokenError
 */
export async function loginToken(login: Login): Promise<string> {
  try {
    return await new Signer({ ...login, credentials }).getAuthToken();
  } catch (error) {
    throw new LoginTokenError(error);
  }
}
