import { chosenConfigurations } from '../terraform.mjs';
import { type Block, readConfiguration } from './blocks.mjs';
import { checkov, dispensable } from './checkov.mjs';

/** The reasons that stand in a file, by id. */
function skipsIn(text: string): { id: string; reason: string }[] {
  return [...text.matchAll(/#\s*checkov:skip=(\w+):(.*)/g)].map(([, id = '', reason = '']) => ({
    id,
    reason: reason.trim(),
  }));
}

describe('what checkov asks', () => {
  let blocks: readonly Block[];
  let files: readonly Block[];

  beforeAll(async () => {
    blocks = (await Promise.all(chosenConfigurations([]).map(readConfiguration))).flat();
    files = blocks.filter(({ kind }) => kind === 'file');
  });

  const resources = (type: string) =>
    blocks.filter((block) => block.kind === 'resource' && block.type === type);

  it('is written down once', () => {
    expect(new Set(checkov.map(({ id }) => id)).size).toBe(checkov.length);
  });

  it.each(checkov)('$id: $asks, of each $type, or skipped there with a reason', ({ id, type, holds }) => {
    const all = resources(type);
    expect(all.length > 0 || dispensable.has(type)).toBe(true);
    for (const { where, name, text = '' } of files) {
      const unmet = all
        .filter((resource) => resource.where.startsWith(`${where}:`))
        .filter((resource) => !holds?.(resource.body, resource, blocks));
      const reasons = skipsIn(text).filter((skip) => skip.id === id);
      expect([name, reasons.length]).toEqual([name, unmet.length]);
      for (const { reason } of reasons) expect(reason.length).toBeGreaterThan(20);
    }
  });

  it.each(checkov.filter(({ holds }) => holds))('$id is not met by an empty $type', ({ type, holds }) => {
    const empty = {
      where: '',
      folder: '',
      source: 'configuration',
      kind: 'resource',
      type,
      name: '',
    } as const;
    expect(holds?.({}, { ...empty, body: {}, objects: [] }, [])).toBe(false);
  });

  it('is skipped nowhere else', () => {
    const known = new Set(checkov.map(({ id }) => id));
    const skips = files.flatMap(({ text = '' }) => skipsIn(text));
    expect(skips.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it('is met by production, too, where it is a value', () => {
    const production = blocks.find(({ kind, folder }) => kind === 'module' && folder.endsWith('/production'));
    expect(production?.body).toMatchObject({ deletion_protection: true, database: { multi_az: true } });
  });

  it('CKV_AWS_358: of GitHub, is that a role trusts jobs of this repository by their full subject', () => {
    const trust = blocks
      .flatMap(({ objects }) => objects)
      .filter(({ Action }) => Action === 'sts:AssumeRoleWithWebIdentity');
    expect(trust.length).toBeGreaterThan(0);
    for (const { Condition } of trust) {
      expect(Object.keys(Condition as object)).toEqual(['StringEquals']);
      expect(JSON.stringify(Condition)).toMatch(/github_host\}:sub/);
      expect(JSON.stringify(Condition)).toMatch(/github_host\}:repository_id/);
    }
  });

  it('CKV_AWS_336: of a file system that is only read, is so in every container but while somebody investigates', () => {
    const values = blocks
      .flatMap(({ objects }) => objects)
      .filter((object) => 'readonlyRootFilesystem' in object)
      .map(({ readonlyRootFilesystem }) => readonlyRootFilesystem as unknown);
    expect(values).toContain('${!var.exec_enabled}');
    expect(values.filter((value) => value !== true && value !== '${!var.exec_enabled}')).toEqual([]);
  });
});
