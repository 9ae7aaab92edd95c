import {
  PIPELINE_JOBS,
  type CheckDefinition,
  type ContributeContext,
  type ContributionKind,
  type Contributions,
  type JsonObject,
  type NestProvider,
  type PackageManager,
  type PipelineJob,
  type ReadmeSection,
  type Requirement,
  type WorkflowJob,
  type WorkflowStep,
} from './feature.ts';
import { mergeJson } from './merge.ts';
import { compareText, isAlwaysOn, type Feature } from './registry.ts';
import type { Resolution } from './resolve.ts';

/** Every kind, filled: lists joined in the order of the features, objects merged. */
export type AllContributions = Required<Contributions>;

const NOTHING: AllContributions = {
  packageJson: {},
  compose: {},
  nestModules: [],
  nestProviders: [],
  databaseAccess: [],
  readmeSections: [],
  adrs: [],
  troubleshooting: [],
  checks: [],
  requirements: [],
  workflowJobs: [],
  alerts: [],
  dashboards: [],
  imageReferences: [],
  taskVariables: [],
  awsRights: [],
  releaseGuides: [],
};

/** The facts of the chosen package manager. */
export function packageManagerOf({ features }: Resolution): PackageManager {
  const found = features.find(({ definition }) => definition.packageManager)?.definition.packageManager;
  if (!found) throw new Error('no chosen feature says how to speak to a package manager');
  return found;
}

/** The kinds that some chosen feature accepts, each with its one owner. */
export function ownersOfKinds(features: readonly Feature[]): ReadonlyMap<ContributionKind, Feature> {
  return new Map(
    features.flatMap((feature) =>
      (Object.keys(feature.definition.accepts ?? {}) as ContributionKind[]).map(
        (kind) => [kind, feature] as const,
      ),
    ),
  );
}

/**
 * Asks every chosen feature for its contributions and joins them.
 *
 * Throws an Error where two features want to replace the same provider or the access to the database, or give different
 * values for one key.
 */
export function collectContributions(resolution: Resolution): AllContributions {
  const all = resolution.features.reduce(
    (sum, feature) => join(sum, contributionsOf(feature, resolution)),
    NOTHING,
  );
  const twice = all.nestProviders.find(({ provide }, index) =>
    all.nestProviders.some((other, at) => at < index && other.provide === provide),
  );
  if (twice) throw new Error(`two features replace the provider ${twice.provide}`);
  if (all.databaseAccess.length > 1) throw new Error('two features say how the database is logged in to');
  const checks = resolution.features
    .flatMap((feature) => feature.checks)
    .sort((a, b) => a.order - b.order || compareText(a.id, b.id));
  return {
    ...all,
    checks: checks.map(({ job: _job, setUp: _setUp, ...check }) => check),
    workflowJobs: workflowJobsOf(checks),
  };
}

/** Replacements by the token that they replace. */
export function providersByToken(providers: readonly NestProvider[]): Readonly<Record<string, NestProvider>> {
  return Object.fromEntries(providers.map((provider) => [provider.provide, provider]));
}

function contributionsOf(feature: Feature, resolution: Resolution): readonly Contributions[] {
  const context: ContributeContext = {
    service: resolution.service,
    packageManager: packageManagerOf(resolution),
    answers: Object.fromEntries(
      (feature.definition.questions ?? []).map(({ id }) => [id, resolution.answers[id] ?? '']),
    ),
  };
  return [
    { packageJson: manifestFragment(feature) },
    { readmeSections: readmeSection(feature) },
    feature.definition.contribute?.(context) ?? {},
  ];
}

function manifestFragment({ manifest }: Feature): JsonObject {
  const filled = Object.entries({ ...manifest }).filter(([, versions]) => Object.keys(versions).length > 0);
  return Object.fromEntries(filled);
}

/**
 * An option's README is written for the rendered project: its heading becomes the section's title. A package manager shows in
 * every command already.
 */
function readmeSection(feature: Feature): readonly ReadmeSection[] {
  if (isAlwaysOn(feature) || feature.definition.packageManager) return [];
  const { readme } = feature;
  const [, title = '', body = ''] = /^# (.+)\n([\s\S]*)$/.exec(readme) ?? [];
  const deeper = body.replace(/^#/gm, '##').trim();
  return deeper ? [{ title, body: deeper }] : [];
}

function join(sum: AllContributions, additions: readonly Contributions[]): AllContributions {
  return additions.reduce<AllContributions>(
    (all, addition) => ({
      packageJson: mergeJson(all.packageJson, addition.packageJson ?? {}),
      compose: mergeJson(all.compose, addition.compose ?? {}),
      nestModules: [...all.nestModules, ...(addition.nestModules ?? [])],
      nestProviders: [...all.nestProviders, ...(addition.nestProviders ?? [])],
      databaseAccess: [...all.databaseAccess, ...(addition.databaseAccess ?? [])],
      readmeSections: [...all.readmeSections, ...(addition.readmeSections ?? [])],
      adrs: [...all.adrs, ...(addition.adrs ?? [])],
      troubleshooting: [...all.troubleshooting, ...(addition.troubleshooting ?? [])],
      checks: [],
      alerts: [...all.alerts, ...(addition.alerts ?? [])],
      dashboards: [...all.dashboards, ...(addition.dashboards ?? [])],
      workflowJobs: [],
      imageReferences: [...all.imageReferences, ...(addition.imageReferences ?? [])],
      taskVariables: [...all.taskVariables, ...(addition.taskVariables ?? [])],
      awsRights: [...all.awsRights, ...(addition.awsRights ?? [])],
      releaseGuides: [...all.releaseGuides, ...(addition.releaseGuides ?? [])],
      requirements: [...all.requirements, ...(addition.requirements ?? []).map(completeRequirement)],
    }),
    sum,
  );
}

/** The jobs that have checks, in the order of `PIPELINE_JOBS`; what several checks of a job need is set up once. */
function workflowJobsOf(checks: readonly CheckDefinition[]): readonly WorkflowJob[] {
  const jobs = Object.entries(PIPELINE_JOBS) as [PipelineJob, string][];
  return jobs.flatMap(([id, title]) => {
    const own = checks.filter(({ job }) => job === id);
    const steps = own.flatMap(({ setUp = [] }) => setUp).map((step) => JSON.stringify(completeStep(step)));
    const setUp = [...new Set(steps)].map((step) => JSON.parse(step) as WorkflowStep);
    return own.length > 0 ? [{ id, title, setUp, checks: own.map((check) => check.id) }] : [];
  });
}

/** A template can't ask for what may be absent: a step has either a command or an action. */
function completeStep(step: WorkflowStep): WorkflowStep {
  return { uses: '', version: '', inputs: {}, command: '', ...step };
}

/** A template can't ask for what may be absent. */
function completeRequirement(requirement: Requirement): Required<Requirement> {
  return { test: '', ...requirement };
}
