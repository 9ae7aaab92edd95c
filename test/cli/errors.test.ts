import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { snapshot } from '../support/tree.ts';

interface Case {
  readonly args: readonly string[];
  /** What the error must say, beyond its form. */
  readonly says: readonly string[];
  readonly code: string;
  /** Content of `answers.json`, where the case needs the file. */
  readonly file?: string;
}

const FILE = ['--answers', 'answers.json'] as const;

const cases: Readonly<Record<string, Case>> = {
  'an unknown flag, with the nearest one': {
    args: ['my-api', '--yes', '--pakage-manager', 'npm'],
    says: ['There is no option --pakage-manager.', 'Did you mean --package-manager?'],
    code: 'unknown-flag',
  },
  'an unknown flag that is like no other': {
    args: ['my-api', '--yes', '--zzzzzzzz'],
    says: ['There is no option --zzzzzzzz.', 'See --help'],
    code: 'unknown-flag',
  },
  'an unknown short flag': { args: ['my-api', '-q'], says: ['-q'], code: 'unknown-flag' },
  'a negated flag that is unknown': {
    args: ['my-api', '--no-instal'],
    says: ['--no-instal', 'Did you mean --install?'],
    code: 'unknown-flag',
  },
  'an unknown option of a group, with the nearest one': {
    args: ['my-api', '--yes', '--package-manager', 'pnpn'],
    says: ['"pnpn" is not a choice for --package-manager.', 'npm, pnpm', 'Did you mean "pnpm"?'],
    code: 'invalid-choice',
  },
  'none of a required group': {
    args: ['my-api', '--yes', '--package-manager', 'none'],
    says: ['"none" is not a choice for --package-manager.'],
    code: 'invalid-choice',
  },
  'an unknown preset': {
    args: ['my-api', '--yes', '--preset', 'standart'],
    says: ['"standart" is not a choice for --preset.', 'Did you mean "standard"?'],
    code: 'invalid-choice',
  },
  'a flag without its value': { args: ['my-api', '--preset'], says: ['--preset'], code: 'invalid-flag' },
  'a flag that swallows the next one': {
    args: ['my-api', '--preset', '--yes'],
    says: ['--preset'],
    code: 'invalid-flag',
  },
  'a value for a flag that takes none': {
    args: ['my-api', '--yes=please'],
    says: ['--yes'],
    code: 'invalid-flag',
  },
  'two directories': {
    args: ['my-api', 'other', '--yes'],
    says: ['There is more than one directory: my-api, other.', 'Give one directory'],
    code: 'too-many-arguments',
  },
  'a word after a command': {
    args: ['list', 'options'],
    says: ['`list` takes nothing more, and there is: options.', 'Run: create-prod-forge list'],
    code: 'too-many-arguments',
  },
  'no directory, in spite of --yes': {
    args: ['--yes'],
    says: ['There is no directory to create.', 'create-prod-forge my-api --yes'],
    code: 'missing-directory',
  },
  'a directory that leaves the current one': {
    args: ['../x', '--yes'],
    says: ['".."'],
    code: 'directory-traversal',
  },
  'a directory whose name can be none of a service': {
    args: ['Bad@@Name!', '--yes'],
    says: ['"Bad@@Name!" can\'t be the name of a service', 'Use "bad-name" instead'],
    code: 'name-characters',
  },
  'no directory and nobody to ask': { args: [], says: ['a directory', '--yes'], code: 'missing-answers' },
  'no answers and nobody to ask': {
    args: ['my-api'],
    says: ['--package-manager', 'create-prod-forge my-api --yes'],
    code: 'missing-answers',
  },
  'an answers file that is not there': {
    args: ['my-api', '--yes', ...FILE],
    says: ['The answers file answers.json does not exist.'],
    code: 'answers-file-unreadable',
  },
  'an answers file that is no JSON': {
    args: ['my-api', '--yes', ...FILE],
    file: '{ "name": ',
    says: ['The answers file answers.json is not usable'],
    code: 'answers-file-malformed',
  },
  'an answers file that holds a list': {
    args: ['my-api', '--yes', ...FILE],
    file: '[]',
    says: ['it holds no JSON object'],
    code: 'answers-file-malformed',
  },
  'an answers file with a number': {
    args: ['my-api', '--yes', ...FILE],
    file: '{ "preset": 3 }',
    says: ['"preset" is neither text nor true or false'],
    code: 'answers-file-malformed',
  },
  'an answers file with a key that is no option': {
    args: ['my-api', '--yes', ...FILE],
    file: '{ "packge-manager": "npm" }',
    says: ['There is no option "packge-manager".', 'Did you mean "package-manager"?'],
    code: 'unknown-answer',
  },
  'several problems, each of them': {
    args: ['my-api', '--yes', '--preset', 'big', ...FILE],
    file: '{ "package-manager": "yarn", "colour": "red" }',
    says: ['3 things are wrong', '"big"', '"yarn"', '"colour"'],
    code: 'several-problems',
  },
};

describe('a wrong input', () => {
  it.each(Object.entries(cases))('is explained: %s', async (_, { args, says, code, file }) => {
    const cwd = temporary();
    if (file !== undefined) writeFileSync(join(cwd, 'answers.json'), file);
    const before = snapshot(cwd);

    const [plain, json] = await Promise.all([run(args, { cwd }), run([...args, '--json'], { cwd })]);
    expect(plain).toMatchObject({ status: 2, stdout: '' });
    // One sentence what is wrong, one below it what to do.
    expect(plain.stderr).toMatch(/^error: [^\n]+[.:]\n {7}[^\n]+\n/);
    expect(plain.stderr).not.toMatch(/\n\s+at /);
    for (const text of says) expect(plain.stderr).toContain(text);

    expect(json).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code, exitStatus: 2 } });

    expect(snapshot(cwd)).toEqual(before);
  });

  it('has the same text for people and programs', async () => {
    const { stderr } = await run(['my-api', '--yes', '--preset', 'big'], { cwd: temporary() });
    const { stdout } = await run(['my-api', '--yes', '--preset', 'big', '--json'], { cwd: temporary() });
    const { error } = JSON.parse(stdout) as { error: { what: string; remedy: string } };
    expect(stderr).toBe(`error: ${error.what}\n       ${error.remedy}\n`);
  });
});

describe('--', () => {
  it('ends the options: what follows is the directory', async () => {
    const { status, stderr } = await run(['--yes', '--', '--json'], { cwd: temporary() });
    expect(status).toBe(2);
    expect(stderr).toContain('"--json" can\'t be the name of a service');
  });
});
