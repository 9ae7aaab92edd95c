import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering, failing } from '#deploy/cloud/answers';
import { protectImage, readImage } from '#deploy/cloud/registry';

const { signal } = new AbortController();

describe('an image', () => {
  const sha = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const labels = {
    'org.opencontainers.image.revision': 'c0ffee',
    'org.opencontainers.image.version': '1.2.3',
    schema: 'A1',
    'schema.oldest-code': 'none',
  };
  const configuration = JSON.stringify({ config: { Labels: labels } });
  const platform = JSON.stringify({ mediaType: 'm', config: { digest: sha(configuration) } });
  const index = JSON.stringify({
    mediaType: 'i',
    manifests: [{ digest: sha(platform), platform: { os: 'linux' } }],
  });
  const manifests = new Map([index, platform].map((text) => [sha(text), text]));
  let layers: Server;
  let url: string;

  beforeAll(async () => {
    layers = createServer((request, response) => {
      const isThere = request.url === `/${sha(configuration)}`;
      response.writeHead(isThere ? 200 : 403).end(isThere ? configuration : '');
    }).listen(0, '127.0.0.1');
    await once(layers, 'listening');
    url = `http://127.0.0.1:${(layers.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    layers.close();
  });

  const registry = (more = {}) =>
    answering({
      BatchGetImage: ({ imageIds }) => {
        const [{ imageDigest = '' } = {}] = imageIds as { imageDigest?: string }[];
        const imageManifest = manifests.get(imageDigest);
        return { images: imageManifest === undefined ? [] : [{ imageManifest }] };
      },
      GetDownloadUrlForLayer: ({ layerDigest }) => ({ downloadUrl: `${url}/${String(layerDigest)}` }),
      ...more,
    });

  it.each([
    ['an index of platforms', index, [sha(index), sha(platform)]],
    ['one of them', platform, [sha(platform)]],
  ])('is known by its labels, where it is %s', async (_, pushed, digests) => {
    const found = await readImage('todo', sha(pushed))(registry(), signal);
    expect(found).toMatchObject({ build: { digest: sha(pushed), version: '1.2.3', schema: 'A1' }, digests });
  });

  it('is not there', async () => {
    expect(await readImage('todo', 'sha256:none')(registry(), signal)).toBeUndefined();
  });

  it('whose labels can not be read is no release', async () => {
    const elsewhere = registry({ GetDownloadUrlForLayer: () => ({ downloadUrl: `${url}/nothing` }) });
    await expect(readImage('todo', sha(index))(elsewhere, signal)).rejects.toThrow('answers 403');
  });

  it('gets its tag, and may have it already, but no other may', async () => {
    const tags: unknown[] = [];
    const clients = registry({
      PutImage: ({ imageTag }: Record<string, unknown>) => tags.push(imageTag) && {},
    });
    await protectImage('todo', sha(index), 'release-1')(clients, signal);
    expect(tags).toEqual(['release-1']);
    const protect = (name: string) =>
      protectImage('todo', sha(index), 'release-1')(registry({ PutImage: failing(name) }), signal);
    await expect(protect('ImageAlreadyExistsException')).resolves.toBeUndefined();
    await expect(protect('ImageTagAlreadyExistsException')).rejects.toThrow();
  });
});
