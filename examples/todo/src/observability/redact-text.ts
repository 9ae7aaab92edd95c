export const REDACTED = '[redacted]';

// Clients choose some of these texts: every repetition has a limit, or the time would grow with its square.
const SECRET_PARAMETER =
  /([?&;][^?&;=\s]{0,64}?(?:pass|secret|token|key|auth|signature|code)[^?&;=\s]{0,64}=)[^&;\s"']+/gi;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,255}:)[^\s@/]+@/gi;
// Shorter than any credential is a word, as in "basic usage".
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;

/** A text without passwords of URLs, secret query parameters and authorization values. */
export function redactText(text: string): string {
  return text
    .replace(URL_PASSWORD, `$1${REDACTED}@`)
    .replace(SECRET_PARAMETER, `$1${REDACTED}`)
    .replace(BEARER, `$1 ${REDACTED}`);
}
