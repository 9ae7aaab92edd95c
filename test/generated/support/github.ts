import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** What GitHub answers, by path; 404 for all others. */
export interface Table {
  readonly isLoggedIn?: boolean;
  /** `owner/name`, where the folder has a remote on GitHub. */
  readonly remote?: string | undefined;
  readonly answers: Readonly<Record<string, Reply>>;
}

/** Settings of a repository that the doctor asks for. Left out are those that are not there. */
export interface Settings {
  readonly visibility?: 'public' | 'private';
  /** Of the owner. */
  readonly plan?: string;
  readonly isAdmin?: boolean;
  /** The check that the default branch requires. */
  readonly check?: string;
  /** By environment, the variables; those of an approval have reviewers. */
  readonly environments?: Readonly<Record<string, readonly string[]>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether everything that is a switch is on. */
  readonly isHardened?: boolean;
}

export const REPOSITORY = 'acme/todo';

/** The answers about a repository with these settings, as GitHub documents them. */
export function answersFor(settings: Settings): Record<string, Reply> {
  const { visibility = 'public', plan = 'free', isAdmin = true, isHardened = false } = settings;
  const root = `repos/${REPOSITORY}`;
  const hasRules = visibility === 'public' || plan !== 'free';
  const scanning = { status: isHardened && visibility === 'public' ? 'enabled' : 'disabled' };
  const repository = {
    full_name: REPOSITORY,
    html_url: `https://github.com/${REPOSITORY}`,
    default_branch: 'main',
    visibility,
    private: visibility === 'private',
    owner: { login: 'acme', type: 'User' },
    permissions: { admin: isAdmin, push: true, pull: true },
    ...(isAdmin && {
      security_and_analysis: { secret_scanning: scanning, secret_scanning_push_protection: scanning },
    }),
  };
  const shown: Record<string, Reply> = {
    user: given({ login: 'acme', plan: { name: plan } }),
    [root]: given(repository),
    [`${root}/rules/branches/main`]: hasRules ? given(rulesOf(settings)) : UPGRADE,
    [`${root}/private-vulnerability-reporting`]: given({ enabled: isHardened }),
    ...environmentsOf(root, settings),
  };
  if (!isAdmin) return shown;
  return {
    ...shown,
    [`${root}/branches/main/protection`]: hasRules ? refused(404, 'Branch not protected') : UPGRADE,
    [`${root}/actions/variables`]: given(variablesOf(settings.variables ?? {})),
    [`${root}/vulnerability-alerts`]: isHardened
      ? { status: 204 }
      : refused(404, 'Vulnerability alerts are disabled.'),
    [`${root}/actions/permissions`]: given({
      enabled: true,
      allowed_actions: 'all',
      sha_pinning_required: isHardened,
    }),
    [`${root}/actions/permissions/workflow`]: given({
      default_workflow_permissions: isHardened ? 'read' : 'write',
      can_approve_pull_request_reviews: !isHardened,
    }),
  };
}

const UPGRADE = refused(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.');

function given(body: unknown): Reply {
  return { status: 200, body };
}

function refused(status: number, message: string): Reply {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

function rulesOf({ check }: Settings): readonly object[] {
  if (check === undefined) return [];
  return [
    { type: 'deletion' },
    { type: 'non_fast_forward' },
    { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
    { type: 'required_status_checks', parameters: { required_status_checks: [{ context: check }] } },
  ];
}

function environmentsOf(root: string, { environments = {} }: Settings): Record<string, Reply> {
  const reviewers = { type: 'required_reviewers', reviewers: [{ type: 'User', reviewer: { id: 1 } }] };
  return Object.fromEntries(
    Object.entries(environments).flatMap(([name, variables]) => {
      const path = `${root}/environments/${name}`;
      const values = Object.fromEntries(variables.map((variable) => [variable, '…']));
      return [
        [
          path,
          given({
            name,
            protection_rules: [{ type: 'branch_policy' }, ...(name.endsWith('-approval') ? [reviewers] : [])],
            deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
          }),
        ],
        [
          `${path}/deployment-branch-policies`,
          given({ total_count: 1, branch_policies: [{ id: 1, name: 'main', type: 'branch' }] }),
        ],
        [`${path}/variables`, given(variablesOf(values))],
      ];
    }),
  );
}

function variablesOf(values: Readonly<Record<string, string>>): object {
  const variables = Object.entries(values).map(([name, value]) => ({ name, value }));
  return { total_count: variables.length, variables };
}

/** A folder's `gh` that answers from a table. */
export class FakeGh {
  private readonly folder: string;
  private readonly table: string;

  /** @param node The Node that runs it. */
  constructor(folder: string, node: string) {
    this.folder = folder;
    this.table = join(folder, 'table.json');
    const program = join(import.meta.dirname, 'gh.mjs');
    writeFileSync(join(folder, 'gh'), `#!/bin/sh\nexec "${node}" "${program}" "$@"\n`);
    chmodSync(join(folder, 'gh'), 0o755);
  }

  /** What makes it the only `gh` there is. */
  answering(table: Table): NodeJS.ProcessEnv {
    writeFileSync(this.table, JSON.stringify(table));
    writeFileSync(`${this.table}.log`, '');
    return { PATH: this.folder, GITHUB_TABLE: this.table };
  }

  /** The paths that it was asked for. */
  get asked(): readonly string[] {
    const log = `${this.table}.log`;
    return existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  }
}
