import { redactText } from './redact-text';

/** An error as it is logged. Its other properties stay out: drivers put queries and their values there. */
export interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: SerializedError;
}

/** Serializes whatever was thrown, without secrets; the stack only on demand. */
export function serializeError(error: unknown, withStack = true): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: redactText(String(error)) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' && { code }),
    ...(withStack && error.stack && { stack: redactText(error.stack) }),
    ...(error.cause instanceof Error && { cause: serializeError(error.cause, withStack) }),
  };
}
