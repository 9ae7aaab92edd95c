import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Overload } from './overload';
import { overloadEnvironment } from './overload.environment';

const WINDOW_MS = 1000;
const RESOLUTION_MS = 10;

/** The event loop is overloaded where it is late on average: a single long computation is not load. */
@Injectable()
export class EventLoopPressure implements OnModuleInit, OnApplicationShutdown {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private meanMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly overload: Overload) {}

  onModuleInit(): void {
    const { OVERLOAD_EVENT_LOOP_DELAY_MS: bound } = overloadEnvironment.read();
    if (bound === 0) return;
    this.delay.enable();
    this.timer = setInterval(() => {
      // Nothing was measured: NaN.
      this.meanMs = (this.delay.mean || 0) / 1e6 - RESOLUTION_MS;
      this.delay.reset();
    }, WINDOW_MS).unref();
    this.overload.register(() => this.meanMs > bound);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }
}
