import { withAccess } from '#deploy/cloud/access';
import { makeClients, type Clients } from '#deploy/cloud/clients';

/** A call of AWS, as the files beside this one write them. */
export type Call<T> = (clients: Clients, signal: AbortSignal) => Promise<T>;

/** Makes calls of AWS until the signal says stop. */
export class Cloud {
  private clients = makeClients();
  readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async do<T>(call: Call<T>): Promise<T> {
    return withAccess(
      async () => call(this.clients, this.signal),
      () => {
        this.clients = makeClients();
      },
    );
  }

  /** The same, with time for a few last words after the signal. */
  lastWords(milliseconds: number): Cloud {
    return new Cloud(AbortSignal.timeout(milliseconds));
  }
}
