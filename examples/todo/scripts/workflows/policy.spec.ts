import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOf } from './policy.mjs';
import { hasShellcheck, scriptProblems, shellProblems, shellScripts } from './shell.mjs';

const GOOD = `name: Release
on:
  push:
  pull_request:
permissions: {}
jobs:
  release:
    name: Release it
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment: staging
    concurrency:
      group: release-staging
      cancel-in-progress: false
    permissions:
      contents: read # to check the code out
      id-token: write # to take the role
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: ./.github/actions/setup
      - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3
        with:
          role-to-assume: role
      - run: node --run deploy -- --image "$IMAGE"
        env:
          IMAGE: \${{ inputs.image }}
  gate:
    name: gate
    if: always()
    needs: [release]
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    steps:
      - run: test "$RESULTS" = success
        env:
          RESULTS: \${{ join(needs.*.result, ' ') }}
`;

describe('the policy of the workflows', () => {
  it('finds nothing in a workflow that keeps it', () => {
    expect(problemsOf('a.yml', GOOD)).toEqual([]);
  });

  it.each<readonly [string, string, string, string]>([
    [
      'a tag in place of a commit',
      '@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
      '@v7',
      'needs its commit',
    ],
    ['a commit without its version', ' # v7.0.1', '', 'needs its commit'],
    ['half a version', '# v7.0.1', '# v7', 'needs its commit'],
    ['an image by its tag', './.github/actions/setup', 'docker://alpine:3', 'needs its commit'],
    ['rights of the workflow', 'permissions: {}', 'permissions:\n  contents: read # to read', 'must be {}'],
    ['all rights', 'permissions: {}', 'permissions: write-all', 'must be {}'],
    ['a right without a reason', 'read # to check the code out', 'read', 'contents needs a comment'],
    [
      'a job without rights of its own',
      / {4}permissions:\n.*\n.*\n/.exec(GOOD)?.[0] ?? '?',
      '',
      'names its permissions',
    ],
    [
      'a token for nothing',
      'aws-actions/configure-aws-credentials',
      'actions/cache',
      'id-token is for a job',
    ],
    ['a job without an end', '    timeout-minutes: 5\n', '', 'needs timeout-minutes'],
    ['an input in a script', '"$IMAGE"', '"${{ inputs.image }}"', 'hand it over by env'],
    [
      'a script that shows all',
      'node --run deploy',
      'set -eux; node --run deploy',
      'writes secrets into the log',
    ],
    ['a token that stays', 'persist-credentials: false', 'persist-credentials: true', 'must be false'],
    ['a key', 'role-to-assume: role', 'aws-access-key-id: ${{ secrets.KEY }}', 'take a role'],
    ['the trigger for strangers', '  pull_request:', '  pull_request_target:', 'strangers'],
    ['a trigger by another workflow', '  pull_request:', '  workflow_run:', 'strangers'],
    [
      'a role for forks',
      '    if: github.event.pull_request.head.repo.full_name == github.repository\n',
      '',
      'a fork gets no role',
    ],
    ['a release that can be cancelled', 'cancel-in-progress: false', 'cancel-in-progress: true', 'half-way'],
    [
      'releases at the same time',
      / {4}concurrency:\n.*\n.*\n/.exec(GOOD)?.[0] ?? '?',
      '',
      'needs a concurrency group',
    ],
    ['a workflow without a name', 'name: Release\n', '', 'a workflow needs a name'],
    ['a job without a name', '    name: Release it\n', '', 'release: needs a name'],
    [
      'runs at the same time, of which nobody has thought',
      / {4}concurrency:\n.*\n.*\n/.exec(GOOD)?.[0] ?? '?',
      '',
      'what if two runs come at once?',
    ],
    [
      'a group that does not say who waits',
      '      cancel-in-progress: false\n',
      '',
      'does the newer run wait',
    ],
    ['a gate that failures go around', '    if: always()\n', '', 'is skipped after a failure'],
    ['a gate that does not wait', 'needs: [release]', 'needs: []', 'does not wait for release'],
    ['a gate that does not look', 'needs.*.result', 'github.ref', 'how the others have ended'],
    ['all secrets', '    environment: staging', '    secrets: inherit', 'name them'],
  ])('finds %s', (_, text, by, problem) => {
    expect(GOOD).toContain(text);
    expect(
      problemsOf(
        'a.yml',
        GOOD.replace(text, () => by),
      ),
    ).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  it('reads actions, too', () => {
    const action =
      'runs:\n  using: composite\n  steps:\n    - uses: actions/cache@v5\n    - run: echo ${{ inputs.a }}\n';
    expect(problemsOf('action.yml', action)).toHaveLength(2);
  });

  it('is kept by every workflow', () => {
    const folder = join('.github', 'workflows');
    for (const name of readdirSync(folder))
      expect(problemsOf(name, readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });
});

(hasShellcheck() ? describe : describe.skip)('shell', () => {
  it('is looked at in workflows', () => {
    expect(shellProblems('a.yml', GOOD)).toEqual([]);
    expect(shellProblems('a.yml', GOOD.replace('"$IMAGE"', '$IMAGE'))).toEqual([
      expect.stringContaining('Double quote to prevent globbing'),
    ]);
  });

  it('is looked at in hooks, as that of sh', () => {
    expect(scriptProblems('.husky/commit-msg', 'commitlint --edit "$1"\n')).toEqual([]);
    expect(scriptProblems('.husky/commit-msg', 'commitlint --edit $1\n')).toEqual([
      expect.stringMatching(/^\.husky\/commit-msg:1:\d+: .*Double quote/),
    ]);
    expect(scriptProblems('.husky/commit-msg', '[[ -n "$1" ]]\n')).toEqual([
      expect.stringContaining('In POSIX sh, [[ ]] is undefined'),
    ]);
  });

  it('is looked at in scripts, as that of their first line', () => {
    expect(scriptProblems('a.sh', '#!/usr/bin/env bash\n[[ -n "$1" ]]\n')).toEqual([]);
    expect(scriptProblems('a.sh', '#!/bin/sh\n[[ -n "$1" ]]\n')).toEqual([
      expect.stringMatching(/^a\.sh:2:\d+: .*In POSIX sh/),
    ]);
  });

  it('is good in every script', () => {
    const scripts = shellScripts();
    expect(scripts).toEqual(expect.arrayContaining(['.husky/commit-msg', '.husky/pre-commit']));
    for (const path of scripts) expect(scriptProblems(path, readFileSync(path, 'utf8'))).toEqual([]);
  });
});
