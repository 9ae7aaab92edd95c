import { Injectable } from '@nestjs/common';
import { ProblemException } from '../problem/problem';

/** Says whether more has piled up than can be served in time. */
export type PressureGauge = () => boolean;

/**
 * Refuses new requests while something is overloaded: those that are in flight then end in time, where all of them
 * would be late. Providers register what can pile up when their module starts.
 */
@Injectable()
export class Overload {
  private readonly gauges: PressureGauge[] = [];

  register(gauge: PressureGauge): void {
    this.gauges.push(gauge);
  }

  /** The answer to a request for which there is no room now. */
  refusal(): ProblemException | undefined {
    return this.gauges.some((isOverloaded) => isOverloaded())
      ? new ProblemException(503, 'The service has too much to do. Try again soon.', { kind: 'overloaded' })
      : undefined;
  }
}
