import { buildFrom, manifestIn, releaseTag, repositoryName } from '#deploy/core/image';

const labels = {
  'org.opencontainers.image.revision': 'c0ffee',
  'org.opencontainers.image.version': '1.2.3',
  schema: 'CreateTodos1760000000000',
  'schema.oldest-code': 'none',
};

describe('an image', () => {
  it('says by its labels what it is', () => {
    expect(buildFrom('sha256:1', labels)).toEqual({
      digest: 'sha256:1',
      commit: 'c0ffee',
      version: '1.2.3',
      schema: 'CreateTodos1760000000000',
      oldestCode: 'none',
    });
  });

  it('may say when its commit was made', () => {
    expect(buildFrom('sha256:1', { ...labels, 'commit.time': 'then' }).committedAt).toBe('then');
  });

  it('that does not say it is no release', () => {
    expect(() =>
      buildFrom('sha256:1', { ...labels, schema: '', 'org.opencontainers.image.version': 'unknown' }),
    ).toThrow('it has no label org.opencontainers.image.version, no schema');
  });

  it('is an index of platforms, or one of them; what is attached is for no platform', () => {
    const index = {
      mediaType: 'index',
      manifests: [
        { digest: 'sha256:arm', platform: { os: 'linux' } },
        { digest: 'sha256:provenance', platform: { os: 'unknown' } },
      ],
    };
    expect(manifestIn(JSON.stringify(index))).toMatchObject({ platforms: ['sha256:arm'], config: undefined });
    expect(manifestIn(JSON.stringify({ mediaType: 'm', config: { digest: 'sha256:c' } }))).toEqual({
      mediaType: 'm',
      platforms: [],
      config: 'sha256:c',
    });
  });

  it('is kept by a tag of its own', () => {
    expect(releaseTag(`sha256:${'ab'.repeat(32)}`)).toBe('release-abababababababab');
  });

  it('is in a repository, whose name may have parts', () => {
    expect(repositoryName('1.dkr.ecr.eu-central-1.amazonaws.com/team/todo')).toBe('team/todo');
  });
});
