import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsOf } from './needs.mjs';

const CI = `on: [push, pull_request]
jobs:
  lint:
    steps: []
  test:
    steps: []
  gate:
    name: All checks
    needs: [lint, test]
    steps: []
`;

const RELEASE = `on:
  push:
  workflow_dispatch:
    inputs:
      image:
        required: true
      note:
        required: false
jobs:
  approve:
    if: github.event_name == 'push' && vars.APPROVAL == 'people'
    environment: live-approval
    steps: []
  release:
    environment:
      name: live
    steps:
      - uses: a/b@c
        with:
          role: \${{ vars.ROLE }}
          region: \${{ vars.REGION }}
      - run: ./mark
        env:
          MARKS: \${{ vars.MARKS }}
`;

const PLAN = `on:
  pull_request:
jobs:
  preview:
    steps:
      - uses: a/b@c
        with:
          role: \${{ vars.PLAN_ROLE }}
  drift:
    strategy:
      matrix:
        where: [test, live]
    environment: \${{ matrix.where }}
    steps:
      - uses: a/b@c
        with:
          role: \${{ vars.DRIFT_ROLE }}
`;

const BACK = `on:
  workflow_dispatch:
    inputs:
      where:
        type: choice
        options: [test, live, spare]
jobs:
  back:
    environment: \${{ inputs.where }}
    steps: []
`;

const needs = needsOf([
  { name: 'ci.yml', text: CI },
  { name: 'release.yml', text: RELEASE },
  { name: 'plan.yml', text: PLAN },
  { name: 'back.yml', text: BACK },
]);

describe('what the workflows need', () => {
  it('are the checks that stand for all others', () => {
    expect(needs.checks).toEqual(['All checks']);
    expect(needsOf([{ name: 'ci.yml', text: 'on: push\njobs:\n  one: {}\n  two: {}\n' }]).checks).toEqual([
      'one',
      'two',
    ]);
  });

  it('are environments by name, of a matrix and of the choices of a person, with what actions are given there', () => {
    expect(needs.environments).toEqual(
      new Map([
        ['live-approval', []],
        ['live', ['ROLE', 'REGION', 'DRIFT_ROLE']],
        ['test', ['DRIFT_ROLE']],
        ['spare', []],
      ]),
    );
  });

  it('are variables of the repository, for jobs without an environment', () => {
    expect(needs.variables).toEqual(['PLAN_ROLE']);
  });

  it('are approvals, with what makes jobs wait for them, and how to do without', () => {
    expect(needs.approvals).toEqual(
      new Map([
        [
          'live-approval',
          {
            condition: { variable: 'APPROVAL', value: 'people' },
            byHand: ['gh workflow run release.yml -f image=…'],
          },
        ],
      ]),
    );
  });

  it('may be environments that only a run knows', () => {
    const text = 'on: push\njobs:\n  one:\n    environment: ${{ github.ref_name }}\n';
    expect(needsOf([{ name: 'a.yml', text }])).toMatchObject({
      unread: ['${{ github.ref_name }}'],
      environments: new Map(),
    });
  });

  it('can be read from all workflows of this repository', () => {
    const folder = join('.github', 'workflows');
    const own = needsOf(
      readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
    );
    expect(own.checks).not.toEqual([]);
    expect(own.unread).toEqual([]);
  });
});
