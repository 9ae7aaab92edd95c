import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { cloneOf } from '#deploy/core/task-definition';

const template: TaskDefinition = {
  family: 'todo-staging-template',
  taskDefinitionArn: 'template:7',
  revision: 7,
  status: 'ACTIVE',
  compatibilities: ['FARGATE'],
  requiresAttributes: [{ name: 'x' }],
  registeredAt: new Date(0),
  registeredBy: 'terraform',
  taskRoleArn: 'role',
  cpu: '256',
  containerDefinitions: [
    {
      name: 'app',
      image: 'node',
      command: ['placeholder'],
      stopTimeout: 30,
      environment: [{ name: 'A', value: '1' }],
    },
    { name: 'sidecar', image: 'sidecar:1', command: ['run'] },
  ],
};
const wanted = {
  family: 'todo-staging',
  container: 'app',
  image: 'repository@sha256:1',
  version: '1.2.3',
} as const;

describe('a revision', () => {
  it('is the template with another image, and without the command of the placeholder', () => {
    expect(cloneOf(template, { ...wanted, command: 'of the image' })).toEqual({
      family: 'todo-staging',
      taskRoleArn: 'role',
      cpu: '256',
      containerDefinitions: [
        {
          name: 'app',
          image: 'repository@sha256:1',
          stopTimeout: 30,
          environment: [{ name: 'A', value: '1' }],
        },
        { name: 'sidecar', image: 'sidecar:1', command: ['run'] },
      ],
      tags: [
        { key: 'version', value: '1.2.3' },
        { key: 'template', value: 'template:7' },
      ],
    });
  });

  it('of a migration keeps its command', () => {
    const { containerDefinitions } = cloneOf(template, { ...wanted, command: 'of the template' });
    expect(containerDefinitions?.[0]?.command).toEqual(['placeholder']);
  });

  it('is not made of a template without the container', () => {
    expect(() => cloneOf(template, { ...wanted, container: 'web', command: 'of the image' })).toThrow(
      'template:7 has no container web.',
    );
  });
});
