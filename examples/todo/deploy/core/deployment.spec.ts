import { familyOf, parseDeployment } from '#deploy/core/deployment';

describe('what Terraform says', () => {
  it('is refused where something is missing', () => {
    expect(() => parseDeployment('{"cluster":"x"}')).toThrow(
      /has no service, no container.*apply Terraform again/,
    );
  });

  it('names the family of what runs by that of its template', () => {
    expect(familyOf('todo-staging-template')).toBe('todo-staging');
    expect(familyOf('todo-staging-migration-template')).toBe('todo-staging-migration');
  });
});
