import { answering, failing } from '#deploy/cloud/answers';
import { readTaskDefinition, readTasks, runTask, updateService } from '#deploy/cloud/ecs';
import { deployment } from '#deploy/core/examples';

const { signal } = new AbortController();

describe('ECS', () => {
  it('does not know a revision that was never there', async () => {
    expect(
      await readTaskDefinition('x')(
        answering({ DescribeTaskDefinition: failing('ClientException') }),
        signal,
      ),
    ).toBeUndefined();
    const denied = answering({ DescribeTaskDefinition: failing('AccessDeniedException', 'no') });
    await expect(readTaskDefinition('x')(denied, signal)).rejects.toThrow('no');
  });

  it('starts a task in the network that Terraform says', async () => {
    const inputs: object[] = [];
    const clients = answering({
      RunTask: (input) => {
        inputs.push(input);
        return { tasks: [{ taskArn: 'task' }] };
      },
    });
    expect(await runTask(deployment, 'migration:1')(clients, signal)).toBe('task');
    expect(inputs).toEqual([
      expect.objectContaining({
        networkConfiguration: { awsvpcConfiguration: deployment.migrationNetwork },
      }),
    ]);
  });

  it('says why it does not start a task', async () => {
    const clients = answering({ RunTask: () => ({ tasks: [], failures: [{ reason: 'RESOURCE:MEMORY' }] }) });
    await expect(runTask(deployment, 'm')(clients, signal)).rejects.toThrow('RESOURCE:MEMORY');
  });

  it('is told what to run, and not how many', async () => {
    const inputs: object[] = [];
    const deployments = [
      { id: 'old', status: 'ACTIVE' },
      { id: 'new', status: 'PRIMARY' },
    ];
    const clients = answering({
      UpdateService: (input) => {
        inputs.push(input);
        return { service: { deployments } };
      },
    });
    expect(await updateService(deployment, 'todo:2')(clients, signal)).toBe('new');
    expect(inputs).toEqual([{ cluster: 'todo-staging', service: 'todo-staging', taskDefinition: 'todo:2' }]);
  });

  it('is not asked for tasks where there are none', async () => {
    expect(await readTasks(deployment)(answering({ ListTasks: () => ({ taskArns: [] }) }), signal)).toEqual(
      [],
    );
  });
});
