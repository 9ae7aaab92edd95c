import { refusalOf, Unaskable } from './github.mjs';

describe('a failure of gh', () => {
  it('is an answer, where GitHub gave one', () => {
    expect(refusalOf(1, 'gh: Branch not protected (HTTP 404)\n')).toMatchObject({
      status: 404,
      message: 'Branch not protected',
    });
    expect(
      refusalOf(
        1,
        'gh: Resource not accessible by personal access token (HTTP 403)\ngh: This API operation needs the "repo" scope.\n',
      ),
    ).toMatchObject({ status: 403, message: 'Resource not accessible by personal access token' });
    expect(refusalOf(1, 'gh: HTTP 422\n')).toMatchObject({ status: 422, message: '' });
  });

  it.each([
    ['nobody is logged in', 4, 'To get started with GitHub CLI, please run:  gh auth login', 'gh auth login'],
    ['the token has expired', 1, 'gh: Bad credentials (HTTP 401)', 'gh auth login'],
    [
      'there is no remote',
      1,
      'unable to expand placeholder in path: no git remotes found',
      '--repo owner/name',
    ],
    ['nothing is connected', 1, 'error connecting to api.github.com', 'connection'],
    ['too much was asked', 1, 'gh: API rate limit exceeded for user ID 1. (HTTP 403)', 'later'],
    ['GitHub is down', 1, 'gh: HTTP 502', 'later'],
  ])('is none where %s', (_, status, stderr, remedy) => {
    expect(() => refusalOf(status, stderr)).toThrow(Unaskable);
    expect(() => refusalOf(status, stderr)).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining(remedy) }),
    );
  });
});
