/**
 * The feature model: what a feature folder under `templates/` declares in its `feature.ts`.
 *
 * A feature adds files and sends typed contributions; it never edits another feature's files.
 */

export type Preset = 'minimal' | 'standard' | 'full';

export const PRESETS: readonly Preset[] = ['minimal', 'standard', 'full'];

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A choice of which at most one option is taken: `--<id> <option>`. */
export interface Group {
  /** The flag and the key in the answers, e.g. `cache`. */
  readonly id: string;
  /** The question, as a noun phrase, e.g. `Cache and shared rate limit`. */
  readonly title: string;
  /** True where `none` is not a choice. */
  readonly required?: boolean;
}

interface QuestionBase {
  /** The flag and the key in the answers, in kebab-case; unique over all features. */
  readonly id: string;
  /** The prompt, as a noun phrase. */
  readonly title: string;
}

export interface TextQuestion extends QuestionBase {
  readonly type: 'text';
  readonly default: string;
  /** A regular expression that the whole answer must match. */
  readonly pattern?: string;
  /** Says in words what `pattern` asks for, e.g. `an AWS region such as eu-central-1`. */
  readonly expected?: string;
}

export interface BooleanQuestion extends QuestionBase {
  readonly type: 'boolean';
  readonly default: boolean;
}

export interface SelectQuestion extends QuestionBase {
  readonly type: 'select';
  readonly default: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

/** Something only this feature wants to know; asked when the feature is chosen. */
export type Question = TextQuestion | BooleanQuestion | SelectQuestion;

/** Points at another feature, with the reason in plain words (a clause: `it keeps its counters there`). */
export interface Relation {
  /** The id of the other feature's folder, e.g. `cache-redis`. */
  readonly feature: string;
  readonly because: string;
}

/** A module that the application module imports. */
export interface NestModule {
  readonly symbol: string;
  /** Import path relative to `src/`, e.g. `./cache/cache.module`. */
  readonly from: string;
}

/** Another class in place of a provider of one of the service's own modules. */
export interface NestProvider {
  /** The injection token: a class of the service, e.g. `TodosRepository`. */
  readonly provide: string;
  readonly useClass: string;
  /** Import path of `useClass`, relative to `src/`. */
  readonly from: string;
}

/** How the service logs in to its database where that runs, and whom it believes there: in place of variables alone. */
export interface DatabaseAccess {
  /** An object with the methods of the service's own `DatabaseAccess`. */
  readonly symbol: string;
  /** Import path relative to `src/`, e.g. `./cloud/cloud-access`. */
  readonly from: string;
}

/** A section of the rendered README; the feature's own README.md becomes one by itself. */
export interface ReadmeSection {
  readonly title: string;
  /** Markdown without a heading. */
  readonly body: string;
}

/** A decision record: the file `docs/adr/<slug>.md` comes with the feature. */
export interface DecisionRecord {
  readonly slug: string;
  readonly title: string;
  /** The decision in one sentence. */
  readonly decision: string;
}

/** An entry of the troubleshooting page, found by the exact text of the error. */
export interface Troubleshooting {
  readonly error: string;
  readonly cause: string;
  readonly remedy: string;
}

/** A proof that the rendered project carries; `npm run verify` runs them in `order`, then by id. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /**
   * Shell-free command line, run in the project's folder. Exit status 0 passed, 77 skipped and 78 not applicable (the last line of
   * output is the reason), anything else failed.
   */
  readonly command: string;
  /** What the README may claim because this check passes. */
  readonly claims: readonly string[];
  /** Cheap checks first: 10 static, 20 unit, 30 end to end, 40 build, 50 running artefacts, 60 infrastructure. */
  readonly order: number;
}

/** A check as its feature declares it. */
export interface CheckDefinition extends Check {
  /** With which other checks the pipelines run it: jobs run at the same time. */
  readonly job: PipelineJob;
  /** What the pipelines do before, to install what it needs. */
  readonly setUp?: readonly WorkflowStep[];
}

/** The jobs of checks in the pipelines, by id, each with its title; one without a check is left out. */
export const PIPELINE_JOBS = {
  static: 'Static checks',
  unit: 'Unit tests and contracts',
  'end-to-end': 'End to end',
  service: 'The built service',
  image: 'The image',
  observability: 'Observability',
  infrastructure: 'Infrastructure',
} as const;

export type PipelineJob = keyof typeof PIPELINE_JOBS;

/** An action, or a command. */
export type WorkflowStep =
  | {
      /** With the commit, e.g. `actions/setup-node@8207…`. */
      readonly uses: string;
      /** The version whose commit that is, e.g. `v7.0.0`. */
      readonly version: string;
      readonly inputs: Readonly<Record<string, string>>;
    }
  | { readonly command: string };

/** Checks that the pipelines run one after the other in one job. */
export interface WorkflowJob {
  readonly id: PipelineJob;
  readonly title: string;
  readonly setUp: readonly WorkflowStep[];
  /** Ids. */
  readonly checks: readonly string[];
}

/** What running in production asks for, and what shows that it is there: a row of `docs/production-readiness.md`. */
export interface Requirement {
  /** Stable, unique over all features, e.g. `C9`. */
  readonly id: string;
  /** What it is about, e.g. `Migrations`. */
  readonly area: string;
  /** What holds, in one sentence without a full stop. */
  readonly requirement: string;
  /** The id of the check that fails where it does not hold. */
  readonly check: string;
  /** The test within that check, as `path/of/file.ts: title of the test`. */
  readonly test?: string;
}

/** What asks a person for action: the rule is in a file below `observability/` that comes with the feature. */
export interface Alert {
  /** In CamelCase, e.g. `RedisUnreachable`. */
  readonly name: string;
  /** `page`: now, at night too. `ticket`: in working hours. */
  readonly severity: 'page' | 'ticket';
  /** When it fires, in plain words, a clause. */
  readonly when: string;
  /** The file `docs/runbooks/<runbook>.md` comes with the feature. */
  readonly runbook: string;
}

/** A dashboard whose source and JSON come with the feature. */
export interface Dashboard {
  /** The stable id in its address, and the name of its files. */
  readonly uid: string;
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
}

/** Where files name images, beside those that every update bot finds: both are regular expressions. */
export interface ImageReferences {
  /** Of paths. */
  readonly files: string;
  /** Of one reference, with the groups `depName` and `currentValue`, and `currentDigest` where there may be one. */
  readonly match: string;
}

/** What Terraform may do with a service of AWS, for one environment; resources are what follows the account in an ARN. */
export interface AwsRights {
  readonly sid: string;
  readonly service: string;
  /** Actions that compare. */
  readonly read: readonly string[];
  /** Actions that change. */
  readonly write: readonly string[];
  readonly resources: readonly string[];
  /** As which AWS's own role of that service acts, which is made once. */
  readonly principal: string;
}

/** How a commit becomes what an environment runs, for the guide to the first release. */
export interface ReleaseGuide {
  /** Markdown, without a heading; stands in `docs/`. */
  readonly text: string;
  /** Markdown, too: what has to be decided before production gets its first release. */
  readonly production: string;
}

/** What features send to the owners of shared files. */
export interface Contributions {
  readonly packageJson?: JsonObject;
  readonly compose?: JsonObject;
  readonly nestModules?: readonly NestModule[];
  readonly nestProviders?: readonly NestProvider[];
  readonly databaseAccess?: readonly DatabaseAccess[];
  readonly readmeSections?: readonly ReadmeSection[];
  readonly adrs?: readonly DecisionRecord[];
  readonly troubleshooting?: readonly Troubleshooting[];
  /** From `verify.ts`, as are the jobs. */
  readonly checks?: readonly Check[];
  readonly workflowJobs?: readonly WorkflowJob[];
  readonly requirements?: readonly Requirement[];
  readonly alerts?: readonly Alert[];
  readonly dashboards?: readonly Dashboard[];
  readonly imageReferences?: readonly ImageReferences[];
  /** Expressions of Terraform in the module of an environment, each a map of variables for the tasks. */
  readonly taskVariables?: readonly string[];
  readonly awsRights?: readonly AwsRights[];
  readonly releaseGuides?: readonly ReleaseGuide[];
}

export type ContributionKind = keyof Contributions;

/** The forms of the project's name, each valid where it is used. */
export interface ServiceNames {
  /** The name of the npm package, e.g. `@acme/my-api`. */
  readonly packageName: string;
  /** Folder, container, image and infrastructure name: lower case, letters, digits and hyphens, starts with a letter, at most 40. */
  readonly slug: string;
  /** PostgreSQL database and role: letters, digits and underscores, starts with a letter, at most 40. */
  readonly database: string;
  /** For headings, e.g. `My Api`. */
  readonly title: string;
}

/** How the chosen package manager is spoken to. */
export interface PackageManager {
  readonly name: string;
  /** Exact version for the `packageManager` field and CI. */
  readonly version: string;
  readonly lockfile: string;
  /** The files that say what to install, the lock file among them: all that an image needs before it installs. */
  readonly manifests: readonly string[];
  /** Command that installs the package manager itself where only Node is there; empty for npm. */
  readonly setup: string;
  /** Install and write the lock file. */
  readonly install: string;
  /** Install exactly what the lock file says. */
  readonly ci: string;
  /** The same without development dependencies. */
  readonly ciProduction: string;
  /** Prefix of a script's name, e.g. `npm run`. */
  readonly runPrefix: string;
}

export type AnswerValue = string | boolean;

export interface ContributeContext {
  readonly service: ServiceNames;
  readonly packageManager: PackageManager;
  /** The feature's own answers, by question id. */
  readonly answers: Readonly<Record<string, AnswerValue>>;
}

/** How the owner of a kind uses it: in its templates, or merged into one of its own JSON or YAML files. */
export type Acceptance = 'template' | { readonly mergeInto: string };

export interface FeatureDefinition {
  readonly title: string;
  /** What it adds, in one line: shown in questions, `--help`, `list` and the documentation. */
  readonly summary: string;
  /** Absent for a feature that is no option. */
  readonly group?: Group;
  /** The id of a group: what all of its options share, rendered along with whichever is chosen. Such a feature is no option. */
  readonly commonTo?: string;
  /** The option's id within its group; the folder is called `<group>-<option>`. */
  readonly option?: string;
  /** The presets in which this option is the choice of its group. */
  readonly presets?: readonly Preset[];
  readonly questions?: readonly Question[];
  readonly requires?: readonly Relation[];
  readonly conflicts?: readonly Relation[];
  /** Chosen along with this feature where the answers leave the other's group open. */
  readonly implies?: readonly Relation[];
  /** The kinds whose shared file this feature owns. */
  readonly accepts?: Readonly<Partial<Record<ContributionKind, Acceptance>>>;
  /** Only for the options of the group `package-manager`. */
  readonly packageManager?: PackageManager;
  /** Paths that the rendered project's own tools write, each with the script that writes it. */
  readonly derived?: Readonly<Record<string, string>>;
  readonly contribute?: (context: ContributeContext) => Omit<Contributions, 'checks' | 'workflowJobs'>;
}

/** Declares a feature; its id is the name of its folder. */
export function defineFeature(definition: FeatureDefinition): FeatureDefinition {
  return definition;
}

/** Declares the checks of a feature's `verify.ts`. */
export function defineChecks(checks: readonly CheckDefinition[]): readonly CheckDefinition[] {
  return checks;
}
