import { installExample } from './example.ts';

/** Tests that run at the same time must not install the same packages; one alone installs what it needs by itself. */
export default async function setUp({ maxWorkers }: { readonly maxWorkers: number }): Promise<void> {
  if (maxWorkers > 1) await installExample();
}
