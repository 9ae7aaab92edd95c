export const REDACTED = '[redacted]';

const SECRET_PARAMETER =
  /([?&;][^=&;\s]*(?:pass|secret|token|key|auth|signature|code)[^=&;\s]*=)[^&;\s"']+/gi;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;

/** A text without passwords of URLs, secret query parameters and authorization values. */
export function redactText(text: string): string {
  return text
    .replace(URL_PASSWORD, `$1${REDACTED}@`)
    .replace(SECRET_PARAMETER, `$1${REDACTED}`)
    .replace(BEARER, `$1 ${REDACTED}`);
}
