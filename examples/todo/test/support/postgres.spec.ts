import { chooseBackend } from './postgres.mjs';

const dockerAnswers = () => true;
const dockerSleeps = () => false;

describe('chooseBackend', () => {
  it('takes what TEST_DATABASE says', () => {
    expect(chooseBackend({ TEST_DATABASE: 'embedded', GITHUB_ACTIONS: 'true' }, dockerAnswers).backend).toBe(
      'embedded',
    );
    expect(() => chooseBackend({ TEST_DATABASE: 'sqlite' }, dockerAnswers)).toThrow(
      'testcontainers or embedded',
    );
  });

  it('falls back where Docker does not answer, except on GitHub Actions', () => {
    expect(chooseBackend({}, dockerAnswers).backend).toBe('testcontainers');
    expect(chooseBackend({ DATABASE_URL: 'postgres://precious' }, dockerSleeps).backend).toBe('embedded');
    expect(chooseBackend({ GITHUB_ACTIONS: 'true' }, dockerSleeps).backend).toBe('testcontainers');
  });
});
