import { ValidateBy } from 'class-validator';

/** How many characters a text has: code points, as PostgreSQL and JSON Schema count them. */
export interface TextLimits {
  readonly minLength: number;
  readonly maxLength: number;
}

/** What {@link IsText} accepts, as a pattern: PostgreSQL can't store the character NUL. */
export const NO_NUL = String.raw`^[^\0]*$`;

/** Accepts text within the limits that PostgreSQL can store. */
export function IsText({ minLength, maxLength }: TextLimits): PropertyDecorator {
  return ValidateBy({
    name: 'isText',
    validator: {
      validate: (value: unknown) => {
        if (typeof value !== 'string' || value.includes('\0')) return false;
        const { length } = Array.from(value);
        return length >= minLength && length <= maxLength;
      },
      defaultMessage: () =>
        `$property must be text of ${minLength} to ${maxLength} characters, none of which is NUL`,
    },
  });
}
