import { breakingChanges, problemsOf } from './breaking-changes.mjs';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document to change at will
type Document = any;

const COLORS = ['red', 'green'];

function release(): Document {
  const ok = {
    description: 'OK',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Box' } } },
  };
  const body = { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewBox' } } } };
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } };
  return {
    openapi: '3.1.0',
    info: { title: 'boxes', version: '1.0.0' },
    paths: {
      '/boxes': {
        get: {
          operationId: 'listBoxes',
          parameters: [limit],
          responses: { 200: ok, 304: { description: 'Same' } },
        },
        post: {
          operationId: 'createBox',
          requestBody: body,
          responses: { 201: { ...ok, headers: { ETag: { schema: { type: 'string' } } } } },
        },
        delete: { operationId: 'deleteBoxes', responses: { 204: { description: 'Gone' } } },
      },
      '/lids': { get: { operationId: 'listLids', responses: { 200: ok } } },
    },
    components: {
      schemas: {
        Box: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            size: { type: 'integer' },
            color: { type: 'string', enum: COLORS },
            label: { type: 'string' },
          },
          required: ['id', 'size', 'label'],
        },
        NewBox: {
          type: 'object',
          properties: {
            size: { type: ['integer', 'null'] },
            color: { type: 'string', enum: COLORS },
            label: { type: 'string', maxLength: 20 },
            note: { type: 'string' },
          },
          required: ['size'],
          additionalProperties: false,
        },
      },
    },
  };
}

/** What breaks clients of the release when its document is changed. */
function changesBy(change: (document: Document) => void) {
  const revision = release();
  change(revision);
  return breakingChanges(release(), revision);
}

describe('breakingChanges', () => {
  it('finds each change that breaks a client', () => {
    const changes = changesBy(({ paths, components: { schemas } }) => {
      delete paths['/lids'];
      const { get, post } = paths['/boxes'];
      delete paths['/boxes'].delete;
      delete get.responses['304'];
      get.parameters[0].required = true;
      get.parameters[0].schema.maximum = 50;
      get.parameters.push({ name: 'color', in: 'query', required: true, schema: { type: 'string' } });
      get.operationId = 'boxes';
      delete post.responses['201'].headers.ETag;
      const { Box, NewBox } = schemas;
      delete Box.properties.label;
      Box.properties.size.type = ['integer', 'null'];
      Box.properties.color.enum = [...COLORS, 'blue'];
      Box.required = ['size'];
      NewBox.properties.size.type = 'integer';
      NewBox.properties.color.enum = ['red'];
      NewBox.properties.label.maxLength = 10;
      delete NewBox.properties.note;
      NewBox.required.push('color');
    });
    const found = changes.map((text) => /\((\S+) at .*?([^/]+\/[^/]+)\)$/.exec(text)?.slice(1).join(' '));
    expect(found.sort()).toEqual([
      'enum-values-added properties/color',
      'enum-values-removed properties/color',
      'operation-id-changed ~1boxes/get',
      'operation-removed ~1boxes/delete',
      'parameter-became-required parameters/0',
      'parameter-became-required parameters/1',
      'path-removed paths/~1lids',
      'property-removed properties/label',
      'property-removed properties/note',
      'required-properties-added application~1json/schema',
      'required-properties-removed application~1json/schema',
      'response-header-removed headers/ETag',
      'response-removed responses/304',
      'schema-constraint-changed 0/schema',
      'schema-constraint-changed properties/label',
      'schema-type-changed properties/size',
      'schema-type-changed properties/size',
    ]);
  });

  it('finds nothing in what only adds', () => {
    const changes = changesBy(({ paths, components: { schemas } }) => {
      const { get, post } = paths['/boxes'];
      paths['/v2/boxes'] = { get: { operationId: 'listBoxesV2', responses: get.responses } };
      get.parameters.push({ name: 'color', in: 'query', schema: { type: 'string' } });
      get.parameters[0].schema.maximum = 200;
      get.responses['404'] = { description: 'Not found' };
      post.summary = 'Make a box';
      schemas.Box.properties.weight = { type: 'number' };
      schemas.Box.required.push('weight', 'color');
      schemas.NewBox.properties.weight = { type: 'number' };
      schemas.NewBox.properties.color.enum = [...COLORS, 'blue'];
      schemas.NewBox.required = [];
    });
    expect(changes).toEqual([]);
  });
});

describe('problemsOf', () => {
  const change = 'Path `/lids` was removed. (path-removed at #/paths/~1lids)';
  const exception = { change, reason: 'nobody has called it for a year' };

  it('lets a change pass that is meant, and no other', () => {
    expect(problemsOf([change], [])).toEqual([change]);
    expect(problemsOf([change], [exception])).toEqual([]);
    expect(problemsOf([change, 'another'], [exception])).toEqual(['another']);
  });

  it('wants a reason, and no exception that nothing needs', () => {
    expect(problemsOf([change], [{ change, reason: ' ' }])).toEqual([
      `This exception has no reason: ${change}`,
    ]);
    expect(problemsOf([], [exception])).toEqual([`Nothing needs this exception any more: ${change}`]);
  });
});
