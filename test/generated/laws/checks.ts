import type { Project } from '../support/world.ts';
import type { Law } from './law.ts';

/** Every check of a project is a command that the project has, and has an id of its own. */
export const checksExist: Law = ({ projects }) =>
  projects.flatMap((project) => {
    const { checks } = project.plan.contributions;
    const ids = checks.map(({ id }) => id);
    return [
      ...ids
        .filter((id, index) => ids.indexOf(id) !== index)
        .map((id) => `${project.title}: two checks are called ${id}`),
      ...checks
        .filter(({ command }) => !exists(project, command))
        .map(({ id, command }) => `${project.title}: the check ${id} runs what is not there: ${command}`),
      ...checks
        .filter(({ claims }) => claims.length === 0)
        .map(({ id }) => `${project.title}: the check ${id} proves no claim`),
    ];
  });

/** `node --run <script>`, `<package manager> run <script>`, `node <file>`: all words of it, since no shell reads it. */
function exists({ files }: Project, command: string): boolean {
  const { scripts = {} } = JSON.parse(files.get('package.json')?.toString() ?? '{}') as {
    scripts?: Record<string, string>;
  };
  const [program, first = '', second = ''] = command.split(' ');
  if (/[|&;<>$`*]/.test(command)) return false;
  if (program === 'node' && first === '--run') return second in scripts;
  if (program === 'node') return files.has(first);
  return first === 'run' && second in scripts;
}
