// Panels as this project draws them: what each one asks is said in one place, how it looks here.
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LogsSortOrder,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TableCellDisplayMode,
  TableSortByFieldStateBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder as HeatmapBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as LogsBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as LogQuery } from '@grafana/grafana-foundation-sdk/loki';
import { DataqueryBuilder as MetricQuery, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { LOKI, PROMETHEUS } from '#kit/variables';

/** Colours from a value on; `base` is that of everything below. */
type Thresholds = Readonly<{ base: Colour } & Partial<Record<Colour, number>>>;
type Colour = 'green' | 'yellow' | 'orange' | 'red' | 'blue';

interface Said {
  readonly title: string;
  /** What it shows, and what that is good for. */
  readonly description: string;
}

interface Asked extends Said {
  /** Of `@grafana/grafana-foundation-sdk/units`. */
  readonly unit: string;
  /** Expressions by the legend of what they answer. */
  readonly queries: Readonly<Record<string, string>>;
  readonly source?: typeof PROMETHEUS | typeof LOKI;
  readonly thresholds?: Thresholds;
  /** What is said where there is nothing to show, which is no fault. */
  readonly whenEmpty?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly links?: readonly Link[];
}

/** From a series to somewhere else. */
interface Link {
  readonly title: string;
  readonly url: string;
}

/** Lines over time. */
export function timeseries(
  asked: Asked & { readonly stacked?: boolean; readonly bars?: boolean },
): TimeseriesBuilder {
  const panel = new TimeseriesBuilder()
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .drawStyle(asked.bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(asked.stacked ? 40 : 10)
    .showPoints(VisibilityMode.Never)
    .min(asked.min ?? 0);
  if (asked.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (asked.thresholds)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return completed(panel, asked);
}

/** The value of now, large. */
export function stat(asked: Asked & { readonly withoutGraph?: boolean }): StatBuilder {
  const panel = new StatBuilder()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .colorMode(asked.thresholds ? BigValueColorMode.Background : BigValueColorMode.None)
    .graphMode(asked.withoutGraph ? BigValueGraphMode.None : BigValueGraphMode.Area);
  return completed(panel, asked);
}

/** How a histogram is spread, over time: the expression gives its buckets by `le`. */
export function heatmap(asked: Omit<Asked, 'queries'> & { readonly buckets: string }): HeatmapBuilder {
  const { buckets, ...rest } = asked;
  const panel = new HeatmapBuilder()
    .calculate(false)
    .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Blues').steps(64))
    .yAxis(new YAxisConfigBuilder().unit(asked.unit))
    .cellGap(0);
  completed(panel, { ...rest, queries: {} });
  // Single requests, as dots that lead to their traces, where Prometheus has any.
  return panel.withTarget(metricQuery('A', '{{le}}', buckets).format(PromQueryFormat.Heatmap).exemplar(true));
}

/** The values of now, a row for each series: the greatest first, in a column of that name. */
export function table(
  asked: Omit<Asked, 'queries'> & { readonly column: string; readonly query: string },
): TableBuilder {
  const { column, query, ...rest } = asked;
  const panel = new TableBuilder()
    .showHeader(true)
    .cellOptions({ type: TableCellDisplayMode.Auto })
    .sortBy([new TableSortByFieldStateBuilder().displayName(column).desc(true)])
    .withTransformation({
      id: 'organize',
      options: { excludeByName: { Time: true }, renameByName: { Value: column } },
    });
  if (asked.thresholds)
    panel.overrideByName(column, [{ id: 'custom.cellOptions', value: { type: 'color-background' } }]);
  completed(panel, { ...rest, queries: {} });
  return panel.withTarget(metricQuery('A', column, query).format(PromQueryFormat.Table).instant());
}

/** Lines of the log, the newest first. */
export function logs(asked: Said & { readonly query: string; readonly whenEmpty?: string }): LogsBuilder {
  const { title, description, query, whenEmpty } = asked;
  const panel = new LogsBuilder()
    .title(title)
    .description(description)
    .datasource(LOKI)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(LogsSortOrder.Descending)
    .withTarget(logQuery('A', '', query));
  return whenEmpty === undefined ? panel : panel.noValue(whenEmpty);
}

/** What panels of all kinds have in common. */
interface Common {
  title(title: string): unknown;
  description(description: string): unknown;
  datasource(source: { type: string; uid: string }): unknown;
  unit(unit: string): unknown;
  decimals(decimals: number): unknown;
  noValue(text: string): unknown;
  min(min: number): unknown;
  max(max: number): unknown;
  thresholds(thresholds: Builder<unknown>): unknown;
  dataLinks(links: DashboardLinkBuilder[]): unknown;
  withTarget(target: Builder<Dataquery>): unknown;
}

function completed<Type extends Common>(panel: Type, asked: Asked): Type {
  const { source = PROMETHEUS } = asked;
  panel.title(asked.title);
  panel.description(asked.description);
  panel.datasource(source);
  panel.unit(asked.unit);
  if (asked.whenEmpty !== undefined) panel.noValue(asked.whenEmpty);
  if (asked.decimals !== undefined) panel.decimals(asked.decimals);
  if (asked.min !== undefined) panel.min(asked.min);
  if (asked.max !== undefined) panel.max(asked.max);
  if (asked.thresholds) panel.thresholds(steps(asked.thresholds));
  if (asked.links) panel.dataLinks(asked.links.map(dataLink));
  const query = source === LOKI ? logQuery : metricQuery;
  Object.entries(asked.queries).forEach(([legend, expr], index) => {
    panel.withTarget(query(refId(index), legend, expr));
  });
  return panel;
}

function steps({ base, ...others }: Thresholds): ThresholdsConfigBuilder {
  const above = Object.entries(others)
    .map(([color, value]) => ({ color, value }))
    .sort((one, other) => one.value - other.value);
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ color: base, value: null }, ...above]);
}

function dataLink({ title, url }: Link): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url);
}

function metricQuery(id: string, legend: string, expr: string): MetricQuery {
  return new MetricQuery().datasource(PROMETHEUS).expr(expr).legendFormat(legend).refId(id).range();
}

function logQuery(id: string, legend: string, expr: string): LogQuery {
  return new LogQuery().datasource(LOKI).expr(expr).legendFormat(legend).refId(id);
}

const refId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);
