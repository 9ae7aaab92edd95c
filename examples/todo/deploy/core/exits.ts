export type Ending =
  | 'done'
  | 'failed'
  | 'usage'
  | 'refused'
  | 'migration-failed'
  | 'rolled-back'
  | 'broken'
  | 'superseded'
  | 'access-lost'
  | 'interrupted';

/** How a command can end: the exit status is for scripts, the meaning for `--help`. */
export const EXITS: readonly {
  readonly ending: Ending;
  readonly status: number;
  readonly meaning: string;
}[] = [
  { ending: 'done', status: 0, meaning: 'done, or there was nothing to do' },
  { ending: 'failed', status: 1, meaning: 'failed before the service was changed: it runs as before' },
  { ending: 'usage', status: 2, meaning: 'the command line is wrong; nothing was done' },
  { ending: 'refused', status: 3, meaning: 'refused by a check beforehand; nothing was changed' },
  { ending: 'migration-failed', status: 4, meaning: 'the migration failed; the service runs as before' },
  { ending: 'rolled-back', status: 5, meaning: 'the release failed and was rolled back; that was verified' },
  { ending: 'broken', status: 6, meaning: 'the service is not known to be well: a person is needed now' },
  { ending: 'superseded', status: 7, meaning: 'somebody else changed the service meanwhile; theirs goes on' },
  { ending: 'access-lost', status: 8, meaning: 'AWS refused the credentials midway; run it again to go on' },
  {
    ending: 'interrupted',
    status: 130,
    meaning: 'interrupted; the last lines say in which state things are',
  },
];

export function statusOf(ending: Ending): number {
  return EXITS.find((exit) => exit.ending === ending)?.status ?? 1;
}
