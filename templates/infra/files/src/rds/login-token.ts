import { Signer } from '@aws-sdk/rds-signer';

export interface Login {
  readonly hostname: string;
  readonly port: number;
  readonly username: string;
  readonly region: string;
}

/** No token could be made: the credentials of the task can't be had. */
export class LoginTokenError extends Error {
  /** SQLSTATE for a client that can't connect: whoever asked gets the answer that the database is unavailable. */
  readonly code = '08001';

  constructor(cause: unknown) {
    super(
      `there is no token of IAM to log in with: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.name = 'LoginTokenError';
  }
}

/** A signer keeps the credentials of the task until shortly before they expire: one signer for each login. */
const signers = new Map<string, Signer>();

/**
 * A token with which the role can log in for 15 minutes, signed with the credentials of the task. That asks nobody, as long
 * as these are valid.
 *
 * @throws LoginTokenError
 */
export async function loginToken(login: Login): Promise<string> {
  const key = JSON.stringify(login);
  const signer = signers.get(key) ?? new Signer(login);
  signers.set(key, signer);
  try {
    return await signer.getAuthToken();
  } catch (error) {
    throw new LoginTokenError(error);
  }
}
