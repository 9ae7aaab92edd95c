import type { World } from '../support/world.ts';

/** A law of the design. Returns one sentence per offence, which names the offender; none where it holds. */
export type Law = (world: World) => readonly string[];
