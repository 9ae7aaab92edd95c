import type { Feature } from '../../../packages/create-prod-forge/src/index.ts';
import type { Folder, Project } from '../support/world.ts';
import type { Law } from './law.ts';

/** Nothing of the output's own syntax is eaten: `${{ }}`, `{{method}}`, `{{ $labels.x }}` and the like survive. */
export const foreignSyntaxSurvives: Law = ({ folders, projects }) =>
  projects.flatMap((project) =>
    project.plan.files.flatMap(({ path, feature, file }) => {
      const output = project.files.get(path)?.toString() ?? '';
      const lost = file.source.type === 'template' ? lostEscapes(folders, feature, path, output) : [];
      const where = `${project.title}: ${feature.id}: ${path}`;
      if (file.source.type !== 'text') return lost.map((expression) => `${where} lost ${expression}`);
      if (isMergedInto(project, path)) {
        const [before, after] = [count(file.source.text), count(output)];
        return after < before ? [`${where} lost ${before - after} of ${before} {{`] : [];
      }
      return output === file.source.text ? [] : [`${where} is not what stands in the folder`];
    }),
  );

/** What `\{{…}}` in a template stands for must come out without the backslash. */
function lostEscapes(
  folders: readonly Folder[],
  feature: Feature,
  path: string,
  output: string,
): readonly string[] {
  const source = folders
    .find(({ id }) => id === feature.id)
    ?.files.find((file) => file.path === `${path}.hbs`)
    ?.content.toString();
  const escaped = [...(source ?? '').matchAll(/\\(\{\{[^}]*\}\})/g)].map(([, expression = '']) => expression);
  return escaped.filter((expression) => !output.includes(expression));
}

function isMergedInto({ plan }: Project, path: string): boolean {
  return plan.resolution.features.some(({ definition }) =>
    Object.values(definition.accepts ?? {}).some(
      (acceptance) => typeof acceptance === 'object' && acceptance.mergeInto === path,
    ),
  );
}

function count(text: string): number {
  return text.split('{{').length - 1;
}
