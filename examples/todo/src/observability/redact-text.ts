export const REDACTED = '[redacted]';

/** More than any message or stack has. */
const MAXIMUM_LENGTH = 16_384;

// Clients choose some of these texts: every repetition has a limit, or the time would grow with its square.
const SECRET_PARAMETER =
  /((?:^|[?&;\s])[^?&;=\s]{0,64}?(?:pass|pwd|secret|token|key|auth|session|signature|code)[^?&;=\s]{0,64}=)[^&;\s"']+/gi;
const SECRET_IN_JSON =
  /("[^"\s]{0,64}?(?:pass|pwd|secret|token|key|auth|cookie|credential)[^"\s]{0,64}"\s{0,4}:\s{0,4})(?:"(?:[^"\\]|\\.)*"?|[^\s",}]+)/gi;
const SECRET_HEADER =
  /\b((?:set-)?cookie|(?:proxy-)?authorization|x-[\w-]{0,32}(?:key|token|secret)):[^\r\n]+/gi;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,255}:)[^\s@/]+@/gi;
// Shorter than any credential is a word, as in "basic usage".
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w.-]+/g;

/** A text without passwords of URLs, secret parameters, fields and headers, and tokens; no longer than a log can use. */
export function redactText(text: string): string {
  if (text.length > MAXIMUM_LENGTH) {
    return `${redactText(text.slice(0, MAXIMUM_LENGTH))}… [${text.length - MAXIMUM_LENGTH} characters more]`;
  }
  let safe = text;
  // What most texts lack need not be searched for.
  if (safe.includes('@')) safe = safe.replace(URL_PASSWORD, `$1${REDACTED}@`);
  if (safe.includes('=')) safe = safe.replace(SECRET_PARAMETER, `$1${REDACTED}`);
  if (safe.includes(':')) {
    safe = safe.replace(SECRET_IN_JSON, `$1"${REDACTED}"`).replace(SECRET_HEADER, `$1: ${REDACTED}`);
  }
  if (safe.includes(' ')) safe = safe.replace(BEARER, `$1 ${REDACTED}`);
  return safe.includes('eyJ') ? safe.replace(JSON_WEB_TOKEN, REDACTED) : safe;
}
