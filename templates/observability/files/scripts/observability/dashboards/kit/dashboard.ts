import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  DashboardBuilder as ClassicDashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { place, type Section } from '#kit/layout';
import { OF_SERVICE } from '#kit/queries';
import { PROMETHEUS } from '#kit/variables';

// Every Grafana since 8 can load the classic format, Amazon's too; the one that replaces it needs 13.
/* eslint-disable @typescript-eslint/no-deprecated */
const DashboardBuilder = ClassicDashboardBuilder;
export type Dashboard = ReturnType<ClassicDashboardBuilder['build']>;
/* eslint-enable @typescript-eslint/no-deprecated */

/** Links lead from each dashboard to all that have it. */
const TAG = 'observability';

interface Content {
  /** In its address, and the name of its files: it never changes. */
  readonly uid: string;
  readonly title: string;
  /** The question that it answers. */
  readonly description: string;
  readonly variables: readonly Builder<VariableModel>[];
  readonly sections: readonly Section[];
  /** Which series say what runs; those of the chosen service where there is one. */
  readonly versions?: string;
  /** The time that it shows at first, e.g. `now-6h`. */
  readonly from?: string;
}

/** A dashboard: what it shows is its content, how it behaves is the same for all. */
export function dashboard(content: Content): Dashboard {
  const { uid, title, description, variables, sections, versions = OF_SERVICE, from = 'now-6h' } = content;
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from, to: 'now' })
    .refresh('30s')
    .variables([...variables])
    .annotation(newVersions(versions))
    .link(otherDashboards())
    .build();
  return { ...built, panels: place(sections) };
}

/** Marks when a version starts: what changed then may be why the lines do. */
function newVersions(matchers: string): AnnotationQueryBuilder {
  const running = (offset = '') =>
    `count by (service, environment, version, commit) (service_build_info{${matchers}}${offset})`;
  return new AnnotationQueryBuilder()
    .name('Versions')
    .datasource(PROMETHEUS)
    .enable(true)
    .iconColor('purple')
    .expr(`${running()} unless ${running(' offset 5m')}`)
    .step('30s')
    .titleFormat('{{service}} {{version}} in {{environment}}')
    .textFormat('{{commit}}');
}

function otherDashboards(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Dashboards')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .includeVars(true)
    .keepTime(true);
}
