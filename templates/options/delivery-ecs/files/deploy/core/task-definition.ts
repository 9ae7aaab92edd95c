import type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  TaskDefinition,
} from '@aws-sdk/client-ecs';

interface Wanted {
  readonly family: string;
  readonly container: string;
  /** With its digest. */
  readonly image: string;
  readonly version: string;
  /** The service starts with the command of its image; the template's own is the placeholder's. */
  readonly command: 'of the image' | 'of the template';
}

/** The newest revision of a template as a revision of another family: everything as Terraform wrote it, but for the image. */
export function cloneOf(template: TaskDefinition, wanted: Wanted): RegisterTaskDefinitionCommandInput {
  const containers = template.containerDefinitions ?? [];
  if (!containers.some(({ name }) => name === wanted.container))
    throw new Error(`${template.taskDefinitionArn ?? 'The template'} has no container ${wanted.container}.`);
  return {
    ...whatCanBeRegistered(template),
    family: wanted.family,
    containerDefinitions: containers.map((container) =>
      container.name === wanted.container ? released(container, wanted) : container,
    ),
    tags: [
      { key: 'version', value: wanted.version },
      { key: 'template', value: template.taskDefinitionArn ?? '' },
    ],
  };
}

function released(container: ContainerDefinition, { image, command }: Wanted): ContainerDefinition {
  const { command: placeholder, ...rest } = container;
  const keepsCommand = command === 'of the template' && placeholder;
  return { ...rest, ...(keepsCommand && { command: placeholder }), image };
}

/** Without what ECS itself adds to a revision. */
function whatCanBeRegistered(template: TaskDefinition): Omit<TaskDefinition, (typeof ADDED)[number]> {
  return Object.fromEntries(
    Object.entries(template).filter(([key]) => !(ADDED as readonly string[]).includes(key)),
  );
}

const ADDED = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
] as const;
