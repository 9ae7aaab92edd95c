const LONGEST = 60;

/**
 * The input as it is repeated in a message: in double quotes, shortened, with everything that a terminal could obey (control
 * and formatting characters) written as an escape.
 */
export function quote(input: string): string {
  const characters = Array.from(input);
  const shown = characters.length > LONGEST ? [...characters.slice(0, LONGEST - 1), '…'] : characters;
  return `"${shown.map(escapeCharacter).join('')}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return character;
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)
    ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
    : character;
}
