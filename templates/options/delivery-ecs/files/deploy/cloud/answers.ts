import { makeClients, type Clients } from '#deploy/cloud/clients';

/** A command of the SDK, as far as it is looked at here. */
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

type Answer = (input: Readonly<Record<string, unknown>>) => object;

/** Clients of the SDK that call nobody: each operation answers what a test says. */
export function answering(answers: Readonly<Record<string, Answer>>): Clients {
  const clients = makeClients();
  for (const client of Object.values(clients))
    Object.assign(client, {
      send: async (command: Command) => {
        const operation = command.constructor.name.replace(/Command$/, '');
        const answer = answers[operation];
        if (!answer) throw new Error(`${operation} was not expected`);
        return Promise.resolve(answer({ ...command.input }));
      },
    });
  return clients;
}

/** An error as the SDK throws it. */
export function failure(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

/** An operation that fails. */
export function failing(name: string, message = ''): Answer {
  return () => {
    throw failure(name, message);
  };
}
