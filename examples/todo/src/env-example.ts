import { z } from 'zod';
import './app';
import { declaredEnvironments } from './config/environment';

const HEAD = `# Every variable that the service reads, with its default or an example. Nothing here has to be set for development.
# A file named .env beside this one is read by the development script. Docker Compose takes PORT, MANAGEMENT_PORT,
# POSTGRES_PASSWORD and POSTGRES_APP_PASSWORD from it.
`;

/** The text of `.env.example`: every variable of every part, by the titles of the parts. */
export function describeEnvironment(): string {
  const parts = [...declaredEnvironments()].sort((one, other) => (one.title < other.title ? -1 : 1));
  const variables = parts.flatMap(({ title, shape }) =>
    Object.entries(shape).map(([name, variable]) => {
      const { description, example } = variable.meta() ?? {};
      const value = variable instanceof z.ZodPrefault ? variable.def.defaultValue : example;
      return `\n# ${title}: ${String(description)}\n# ${name}=${String(value)}\n`;
    }),
  );
  return HEAD + variables.join('');
}
