import { withAccess } from '#deploy/cloud/access';
import { failure } from '#deploy/cloud/answers';
import { AccessLost } from '#deploy/core/problem';

/** A call whose first attempts fail. */
function attempts(...errors: readonly Error[]) {
  let renewed = 0;
  const left = [...errors];
  const call = async (): Promise<string> => {
    const error = left.shift();
    if (error) throw error;
    return Promise.resolve('answer');
  };
  const result = withAccess(call, () => {
    renewed += 1;
  });
  return { result, renewals: () => renewed };
}

describe('access', () => {
  it('is not renewed without need', async () => {
    const { result, renewals } = attempts();
    expect([await result, renewals()]).toEqual(['answer', 0]);
  });

  it.each(['ExpiredToken', 'ExpiredTokenException', 'CredentialsProviderError'])(
    'is renewed once after %s, for somebody may have logged in',
    async (name) => {
      const { result, renewals } = attempts(failure(name));
      expect([await result, renewals()]).toEqual(['answer', 1]);
    },
  );

  it('is lost where that is no use', async () => {
    const expired = failure('ExpiredTokenException', 'expired');
    await expect(attempts(expired, expired).result).rejects.toEqual(
      new AccessLost('ExpiredTokenException: expired'),
    );
  });

  it('is not what other errors are about', async () => {
    await expect(attempts(failure('AccessDenied')).result).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(attempts(failure('ExpiredToken'), failure('Other')).result).rejects.toMatchObject({
      name: 'Other',
    });
  });
});
