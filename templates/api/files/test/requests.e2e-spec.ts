import { readFileSync } from 'node:fs';
import { startApp, type TestApp } from './support/app';
import { type FileAnswer, fillIn, parseHttpFile } from './support/http-file';

const { requests, variables } = parseHttpFile(readFileSync('requests.http', 'utf8'));

describe('requests.http', () => {
  const answers = new Map<string, FileAnswer>();
  let service: TestApp;

  beforeAll(async () => {
    service = await startApp();
    variables.set('service', service.url).set('management', service.managementUrl);
  });

  afterAll(async () => {
    await service.close();
  });

  // One after the other: later ones refer to the answers to earlier ones.
  it('gets the answers that its titles promise', async () => {
    const received = [];
    for (const request of requests) {
      const { url, init } = fillIn(request, variables, answers);
      const response = await fetch(url, init);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      if (request.name)
        answers.set(request.name, { headers: response.headers, body: isJson ? JSON.parse(text) : text });
      received.push(`${request.title}: ${response.status}`);
    }
    expect(received).toEqual(requests.map(({ title, status }) => `${title}: ${status}`));
    expect(received.length).toBeGreaterThan(10);
  });
});
