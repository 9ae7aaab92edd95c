import { answering, failing } from '#deploy/cloud/answers';
import {
  claimRelease,
  readDeployment,
  readReleases,
  readSecret,
  writeRelease,
} from '#deploy/cloud/parameters';
import { deployment, release } from '#deploy/core/examples';
import { Refusal } from '#deploy/core/problem';

const { signal } = new AbortController();

describe('the parameter of the deployment', () => {
  it('is read', async () => {
    const clients = answering({ GetParameter: () => ({ Parameter: { Value: JSON.stringify(deployment) } }) });
    expect(await readDeployment('/todo/staging/deployment')(clients, signal)).toEqual(deployment);
  });

  it('that is not there means that Terraform was not applied', async () => {
    const clients = answering({ GetParameter: failing('ParameterNotFound') });
    await expect(readDeployment('/x')(clients, signal)).rejects.toThrow(Refusal);
  });
});

describe('a secret', () => {
  it('is read decrypted', async () => {
    const clients = answering({
      GetParameter: ({ WithDecryption }) => ({
        Parameter: { Value: WithDecryption === true ? 'Bearer 1' : 'cipher' },
      }),
    });
    expect(await readSecret('/s')(clients, signal)).toBe('Bearer 1');
  });

  it('that is not there is asked for', async () => {
    const clients = answering({ GetParameter: failing('ParameterNotFound') });
    await expect(readSecret('/s')(clients, signal)).rejects.toThrow('There is no parameter /s');
  });
});

describe('records of releases', () => {
  it('are claimed once: of two, one is refused', async () => {
    const written: object[] = [];
    const clients = answering({ PutParameter: (input) => written.push(input) && {} });
    await claimRelease('/r', release(7))(clients, signal);
    expect(written).toEqual([
      expect.objectContaining({ Name: '/r/000007', Overwrite: false, Type: 'String' }),
    ]);
    const taken = answering({ PutParameter: failing('ParameterAlreadyExists') });
    await expect(claimRelease('/r', release(7))(taken, signal)).rejects.toThrow(
      'Somebody else has just begun release 7.',
    );
  });

  it('are written over from then on', async () => {
    const clients = answering({ PutParameter: ({ Overwrite }) => ({ Overwrite }) });
    await expect(writeRelease('/r', release(7))(clients, signal)).resolves.toBeUndefined();
  });

  it('fail with what AWS says of anything else', async () => {
    const denied = answering({ PutParameter: failing('AccessDeniedException', 'not authorized') });
    await expect(claimRelease('/r', release(7))(denied, signal)).rejects.toThrow('not authorized');
  });

  it('fit into a parameter', () => {
    const longest = release(999_999, {
      reason: 'x'.repeat(1_000),
      by: 'y'.repeat(64),
      schema: 'z'.repeat(200),
    });
    expect(JSON.stringify(longest).length).toBeLessThan(4_096);
  });

  it('are read page by page, and what is none is left out', async () => {
    const pages = [
      { Parameters: [{ Value: JSON.stringify(release(1)) }, { Value: 'x' }], NextToken: 'next' },
    ];
    const clients = answering({
      GetParametersByPath: ({ NextToken }) =>
        NextToken === 'next' ? { Parameters: [{ Value: JSON.stringify(release(2)) }] } : (pages[0] ?? {}),
    });
    expect(await readReleases('/r')(clients, signal)).toEqual([release(1), release(2)]);
  });
});
