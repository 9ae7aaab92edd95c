import { STATUS_CODES } from 'node:http';

/** What is wrong with one field of a request. */
export interface FieldError {
  /** The path of the field, e.g. `title`. */
  readonly field: string;
  readonly message: string;
}

/** The body of every error: RFC 9457 problem details. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path of the request, without its query. */
  readonly instance: string;
  readonly requestId: string;
  /** The W3C trace id of the caller, where it sent a valid `traceparent`. */
  readonly traceId?: string;
  readonly errors?: readonly FieldError[];
}

export const PROBLEM_JSON = 'application/problem+json';

/** What programs tell apart, where its status alone does not say it. */
export type ProblemKind = 'idempotency-key-reused' | 'invalid-fields' | 'overloaded' | 'timed-out';

interface ProblemOptions extends ErrorOptions {
  readonly kind?: ProblemKind;
  readonly errors?: readonly FieldError[];
}

/** An error that the client may see. */
export class ProblemException extends Error {
  readonly kind: ProblemKind | undefined;
  readonly errors: readonly FieldError[] | undefined;

  constructor(
    readonly status: number,
    readonly detail: string,
    { kind, errors, ...options }: ProblemOptions = {},
  ) {
    super(detail, options);
    this.name = 'ProblemException';
    this.kind = kind;
    this.errors = errors;
  }
}

/** The body that tells a client of an error. */
export function problemOf(
  { status, kind, detail, errors }: ProblemException,
  url: string,
  { requestId, traceId }: { readonly requestId: string; readonly traceId?: string | undefined },
): Problem {
  return {
    type: `urn:problem:${kind ?? nameOf(status)}`,
    title: titleOf(status),
    status,
    detail,
    instance: pathOf(url),
    requestId,
    ...(traceId && { traceId }),
    ...(errors && { errors }),
  };
}

/** The path of a URL, with what a URI reference may not have percent-encoded. */
function pathOf(url: string): string {
  const [path = ''] = url.split(/[?#]/);
  return path.replace(/%(?![\da-f]{2})|[^!-~]|["<>[\\\]^`{|}]/gi, encodeURIComponent);
}

/** The stable title of a status, e.g. `Not Found`. */
export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}

/** The stable name of a status, e.g. `not-found`. */
function nameOf(status: number): string {
  return titleOf(status)
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
}
