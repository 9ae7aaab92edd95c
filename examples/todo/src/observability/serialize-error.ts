import { redactText } from './redact-text';

/** An error as it is logged. Its other properties stay out: drivers put queries and their values there. */
export interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: SerializedError;
}

const MAXIMUM_CAUSES = 5;

/** Serializes whatever was thrown, without secrets; the stack only on demand. It never throws. */
export function serializeError(error: unknown, withStack = true, causes = MAXIMUM_CAUSES): SerializedError {
  try {
    if (!(error instanceof Error)) return { type: typeof error, message: redactText(String(error)) };
    const { code } = error as { code?: unknown };
    return {
      type: error.constructor.name,
      message: redactText(messageOf(error)),
      ...(typeof code === 'string' && { code: redactText(code) }),
      ...(withStack && error.stack && { stack: redactText(error.stack) }),
      ...(error.cause instanceof Error &&
        causes > 0 && { cause: serializeError(error.cause, withStack, causes - 1) }),
    };
  } catch {
    return { type: typeof error, message: '[unreadable]' };
  }
}

/** Failed connections to several addresses are an AggregateError without a message. */
function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  return error.errors.map(String).join('; ');
}
