import { alertmanagerConfiguration, fasterRules, prometheusConfiguration } from './configuration.mjs';

describe('the configuration of a trial', () => {
  it('has the jobs that run, at their addresses, with their labels', () => {
    const labels = { service: 'todo' };
    const source = {
      global: { scrape_interval: '15s', external_labels: { a: 'b' } },
      scrape_configs: [
        { job_name: 'api', honor_labels: true, static_configs: [{ targets: ['api:9000'], labels }] },
        { job_name: 'away', static_configs: [{ targets: ['away:1'] }] },
      ],
    };
    const places = { targets: { api: '127.0.0.1:1' }, alertmanager: '127.0.0.1:2', rules: 'rules/*' };
    expect(prometheusConfiguration(source, places)).toMatchObject({
      global: { scrape_interval: '1s', external_labels: { a: 'b' } },
      rule_files: ['rules/*'],
      alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:2'] }] }] },
      scrape_configs: [
        { job_name: 'api', honor_labels: true, static_configs: [{ targets: ['127.0.0.1:1'], labels }] },
      ],
    });
  });

  it('lets a minute pass in a second, but waits where it is told to', () => {
    const durations = ['1h30m', '2m', '10s', '0m'].map((wait) => ({ alert: 'A', for: wait }));
    expect(fasterRules({ groups: [{ rules: [...durations, { record: 'a' }] }] })).toEqual({
      groups: [
        { rules: [...['90s', '2s', '1s', '0s'].map((wait) => ({ alert: 'A', for: wait })), { record: 'a' }] },
      ],
    });
  });

  it('evaluates groups as often in proportion', () => {
    expect(fasterRules({ groups: [{ interval: '1m', rules: [] }] })).toEqual({
      groups: [{ interval: '1s', rules: [] }],
    });
  });

  it('delivers at once, to the files of the receivers', () => {
    const source = {
      route: { receiver: 'a', group_wait: '30s', routes: [{ receiver: 'b', repeat_interval: '1h' }] },
      receivers: [{ name: 'a', webhook_configs: [{ url_file: '/etc/a', send_resolved: false }] }],
    };
    expect(alertmanagerConfiguration(source, 'receivers')).toEqual({
      route: {
        receiver: 'a',
        group_wait: '0s',
        routes: [{ receiver: 'b', repeat_interval: '60s', routes: [] }],
      },
      receivers: [{ name: 'a', webhook_configs: [{ url_file: 'receivers/a', send_resolved: false }] }],
    });
  });
});
