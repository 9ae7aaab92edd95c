import { nameOf, type Release } from '#deploy/core/release';

/** In which state a command left things when it stopped at some step, and how to go on. */
export interface Left {
  readonly state: string;
  readonly next: string;
}

/** @param commands How the commands are typed, with the environment. */
export function stateLeft(
  release: Release,
  commands: { readonly again: string; readonly rollback: string; readonly releases: string },
): Left {
  const { kind, step, revision = 0, previous } = release;
  const again = `To go on: ${commands.again}`;
  const before = previous === undefined ? 'what ran before' : nameOf(previous);
  switch (step) {
    case 'pre-flight':
      return { state: 'Nothing was changed.', next: again };
    case 'protect':
      return { state: 'The service runs as before. The image may have got its tag.', next: again };
    case 'snapshot':
      return {
        state: 'The service runs as before. RDS goes on with the snapshot by itself if it had begun one.',
        next: again,
      };
    case 'migrate':
      return {
        state:
          'The service runs as before. The migration goes on by itself if it had begun; its log says how it ends.',
        next: `${again} (a second migration waits for the first one, and then has nothing left to do)`,
      };
    case 'register':
      return { state: 'The service runs as before, on a database that is migrated.', next: again };
    case 'update':
      return {
        state: `The service runs as before, or ECS has begun to run revision ${revision}.`,
        next: `To see which: ${commands.releases}. ${again}`,
      };
    case 'rollout':
      return {
        state: `ECS goes on to replace ${before} by revision ${revision} by itself, and goes back by itself where tasks do not start or an alarm sounds. Nobody verifies it.`,
        next: kind === 'deploy' ? `${again}. To go back: ${commands.rollback}` : again,
      };
    case 'verify':
      return {
        state: `Revision ${revision} runs, but was not verified to the end.`,
        next: kind === 'deploy' ? `${again}. To go back: ${commands.rollback}` : again,
      };
    case 'roll back':
      return {
        state: `Revision ${revision} failed. ECS was told to go back to ${before}, or was about to be.`,
        next: `To see what runs: ${commands.releases}. To go on: ${commands.rollback}`,
      };
    case 'verify rollback':
      return {
        state: `Revision ${revision} failed. ECS went back to ${before}, which was not verified to the end.`,
        next: `To go on: ${commands.rollback}`,
      };
  }
}
