// What Grafana takes as a dashboard, in its own types: dashboard-schema.mjs makes a schema of them.
import type { TableOptions } from '@grafana/schema';
import type {
  FieldConfig as HeatmapField,
  Options as Heatmap,
} from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type { Options as Logs } from '@grafana/schema/dist/esm/raw/composable/logs/panelcfg/x/LogsPanelCfg_types.gen';
import type { Options as Stat } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { FieldConfig as TableField } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type {
  FieldConfig as TimeseriesField,
  Options as Timeseries,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type {
  AnnotationQuery,
  Dashboard as Classic,
  Panel,
  RowPanel,
  VariableModel,
} from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';

/** What each kind of panel has of its own; all have what a `Panel` has. */
interface Panels {
  heatmap: { options: Heatmap; custom: HeatmapField };
  logs: { options: Logs; custom: Nothing };
  stat: { options: Stat; custom: Nothing };
  table: { options: Table; custom: TableField };
  timeseries: { options: Timeseries; custom: TimeseriesField };
}

/** Its builder says what older versions had here; Grafana moves it to where it is now. */
interface Table extends TableOptions {
  footer?: { show: false; reducer: string[]; countRows: boolean };
}

interface Dashboard extends Omit<Classic, 'annotations' | 'panels' | 'templating'> {
  panels: unknown[];
  annotations?: { list?: Annotation[] };
  templating?: { list?: Variable[] };
}

/** Its types leave out what belongs to a data source; these are of Prometheus. */
interface Annotation extends AnnotationQuery {
  expr?: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
}

/** And what belongs to intervals, which its builder gives to variables of every kind. */
interface Variable extends VariableModel {
  auto?: boolean;
  auto_count?: number;
  auto_min?: string;
}

type Nothing = Record<string, never>;

export interface Grafana {
  dashboard: Dashboard;
  row: RowPanel;
  panel: Panel;
  panels: Panels;
}
