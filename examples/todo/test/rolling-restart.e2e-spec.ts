import { setTimeout as delay } from 'node:timers/promises';
import { Balancer } from './support/balancer';
import { ServiceProcess } from './support/child';
import { type Answer, Client } from './support/client';
import { createDatabase } from './support/database';
import { until } from './support/until';

const CLIENTS = 6;
const ROUNDS = 2;

/** Clients that create, read, change and delete todos without a break, until they are told to stop. */
class Load {
  readonly failures: string[] = [];
  answered = 0;
  private stopping = false;
  private readonly clients: Promise<unknown>;

  constructor(private readonly client: Client) {
    this.clients = Promise.all(Array.from({ length: CLIENTS }, async () => this.run()));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.clients;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.live().catch((error: unknown) => this.failures.push(String(error)));
      await delay(10);
    }
  }

  /** The life of one todo. */
  private async live(): Promise<void> {
    const { body } = await this.expect(201, this.client.post('/v1/todos', { title: 'rolling' }));
    const path = `/v1/todos/${(body as { id: string }).id}`;
    await this.expect(200, this.client.get('/v1/todos?limit=5'));
    await this.expect(200, this.client.patch(path, { completed: true }));
    await this.expect(200, this.client.get(path));
    await this.expect(204, this.client.delete(path));
  }

  private async expect(status: number, pending: Promise<Answer>): Promise<Answer> {
    const answer = await pending;
    if (answer.status !== status)
      throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
    this.answered += 1;
    return answer;
  }
}

describe('two instances behind a balancer', () => {
  let balancer: Balancer;
  let instances: ServiceProcess[] = [];

  beforeAll(async () => {
    balancer = await Balancer.start();
  });

  afterAll(async () => {
    await Promise.all(instances.map(async (instance) => instance.stop()));
    await balancer.stop();
  });

  it('are restarted one after the other, twice, under load: no request fails', async () => {
    const environment = {
      DATABASE_URL: await createDatabase(),
      // Several times what the balancer takes to notice.
      DRAIN_MS: '800',
      RATE_LIMIT_REQUESTS: '0',
    };
    const startInstance = async () => {
      const instance = await ServiceProcess.start(environment);
      await balancer.add(instance);
      return instance;
    };
    instances = await Promise.all([startInstance(), startInstance()]);
    const load = new Load(new Client(balancer.url));

    for (let restart = 0; restart < ROUNDS * instances.length; restart += 1) {
      const [oldest, ...others] = instances;
      if (!oldest) throw new Error('there is no instance');
      await until('requests to reach it', () => balancer.answeredBy(oldest) >= 20);
      oldest.signal('SIGTERM');
      expect(await oldest.ended()).toBe(0);
      balancer.remove(oldest);
      instances = [...others, await startInstance()];
    }

    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.answered).toBeGreaterThan(100);
  });
});
