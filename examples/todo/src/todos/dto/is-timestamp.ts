import { ValidateBy, type ValidationOptions } from 'class-validator';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** Accepts a moment as RFC 3339 writes it, with its offset, e.g. `2030-01-31T09:00:00Z`. */
export function IsTimestamp(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isTimestamp',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          RFC_3339.test(value) &&
          isCalendarDay(value) &&
          isOfFourDigitYear(new Date(value)),
        defaultMessage: () => '$property must be a timestamp such as 2030-01-31T09:00:00Z',
      },
    },
    options,
  );
}

/** `Date.parse` takes the 31st of February for the 3rd of March. */
function isCalendarDay(value: string): boolean {
  const day = value.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** What RFC 3339 can write again in UTC: an offset moves a moment into another year. */
function isOfFourDigitYear(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
