import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** Called as Grafana's own linter wants them, so that links from one dashboard to another carry them along. */
export const PROMETHEUS = { type: 'prometheus', uid: '${prometheus_datasource}' };
export const LOKI = { type: 'loki', uid: '${loki_datasource}' };

export const prometheusSource = () =>
  new DatasourceVariableBuilder('prometheus_datasource').label('Prometheus data source').type('prometheus');

export const lokiSource = () =>
  new DatasourceVariableBuilder('loki_datasource').label('Loki data source').type('loki');

export const service = () => values('service', 'Service', 'service_build_info', 'service');

export const environment = () =>
  values('environment', 'Environment', 'service_build_info{service="$service"}', 'environment');

export const instance = () =>
  some('instance', 'Instance', 'service_build_info{service="$service",environment="$environment"}');

/** Of log lines; all of them at first, those too that a crash leaves behind, which have none. */
export const level = () =>
  new CustomVariableBuilder('level')
    .label('Level')
    .values('trace,debug,info,warn,error,fatal')
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' });

/** Those who answer scrapes of their own, beside the service. */
export const targets = () => [
  some('job', 'Job', 'up{job!="api"}'),
  some('instance', 'Instance', 'up{job=~"$job"}'),
];

/** Something of which any number of values may be chosen; all of them at first. */
export function some(label: string, title: string, selector: string): QueryVariableBuilder {
  return values(label, title, selector, label)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ text: 'All', value: '$__all' });
}

/** A text that the reader types. */
export function text(name: string, title: string, description: string, value = ''): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder(name)
    .label(title)
    .description(description)
    .defaultValue(value)
    .current({ text: value, value });
}

function values(name: string, title: string, selector: string, label: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(PROMETHEUS)
    .query({ query: `label_values(${selector}, ${label})`, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}
