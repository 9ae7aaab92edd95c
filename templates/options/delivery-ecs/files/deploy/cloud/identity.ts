import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Call } from '#deploy/cloud/cloud';

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

export const readIdentity: Call<Identity> = async ({ identity }, abortSignal) => {
  const { Account, Arn } = await identity.send(new GetCallerIdentityCommand({}), { abortSignal });
  return { account: Account ?? '', arn: Arn ?? '' };
};
