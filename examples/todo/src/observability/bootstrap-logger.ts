import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** What NestJS says while it builds the application; what goes well is of no interest. */
export class BootstrapLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }

  error(message: unknown): void {
    this.logger.error(String(message));
  }
}
