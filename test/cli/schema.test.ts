import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { loadApi } from '../support/api.ts';
import { run } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';

const { loadRegistry, plan, InputError } = await loadApi();
const { features } = await loadRegistry();
const questions = features.flatMap(({ definition }) => definition.questions ?? []);
const required = features.find(({ definition }) => definition.group?.required);

async function schema(): Promise<ValidateFunction> {
  const { status, stdout, stderr } = await run(['schema'], { cwd: temporary() });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  // Strict: a keyword that the draft does not know would be an error.
  return new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(stdout) as object);
}

describe('schema', () => {
  it('is a JSON schema that accepts what resolution records', async () => {
    const validate = await schema();
    for (const preset of ['minimal', 'standard', 'full']) {
      const { resolution } = await plan({ name: 'my-api', preset });
      validate(resolution.answers);
      expect(validate.errors).toBeNull();
    }
  });

  it('accepts the defaults of all questions', async () => {
    const validate = await schema();
    validate(Object.fromEntries(questions.map((question) => [question.id, question.default])));
    expect(validate.errors).toBeNull();
  });

  const wrong: readonly (readonly [string, Record<string, string | boolean>])[] = [
    ['a key that no feature asks for', { nmae: 'my-api' }],
    ['a preset that is not there', { preset: 'huge' }],
    ['an option that is not there', { [required?.definition.group?.id ?? '']: 'ghost' }],
    ['no option of a required group', { [required?.definition.group?.id ?? '']: 'none' }],
    ['a name that is no text', { name: true }],
  ];

  it.each(wrong)('refuses, as the program does, %s', async (_, answers) => {
    const validate = await schema();
    expect(validate(answers)).toBe(false);
    await expect(plan({ name: 'my-api', ...answers })).rejects.toThrow(InputError);
  });
});
