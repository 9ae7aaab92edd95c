import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';
import type { Logger } from 'pino';

/** Hands what TypeORM reports (slow and failed queries, without their values) to the logger of the process. */
export class QueryLogger extends AbstractLogger {
  constructor(private readonly logger: Logger) {
    super(['warn', 'schema', 'migration']);
  }

  override logQuerySlow(time: number, query: string): void {
    this.logger.warn({ duration_ms: time, query }, 'slow query');
  }

  override logQueryError(error: string | Error, query: string): void {
    this.logger.debug({ err: error, query }, 'query failed');
  }

  protected override writeLog(level: LogLevel, messages: LogMessage | LogMessage[]): void {
    for (const { message } of this.prepareLogMessages(messages)) {
      this.logger[level === 'warn' || level === 'error' ? level : 'debug'](String(message));
    }
  }
}
