import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(`docs/architecture.${name}`, 'utf8');
const withoutSpace = (text: string) => text.replace(/\s+/g, '');

/** What is written in the picture, whose words are elements of their own. */
const written = withoutSpace(
  read('svg')
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&apos;', "'")
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&'),
);

describe('the picture of the architecture', () => {
  const labels = [
    ...read('mmd').matchAll(/\[\(([^)]*)\)\]|\(\[([^\]]*)\]\)|\[([^\][()]*)\]|-- "?([^">]*?)"? -->/g),
  ];

  it.each(labels.map((match) => match.slice(1).find(Boolean) ?? ''))(
    'shows "%s", as its source says',
    (label) => {
      expect(written).toContain(withoutSpace(label));
    },
  );

  it('has a source', () => {
    expect(labels.length).toBeGreaterThan(20);
  });
});
