import * as units from '@grafana/grafana-foundation-sdk/units';
import { dashboard } from '#kit/dashboard';
import { graphs, section, tall } from '#kit/layout';
import { logs, timeseries } from '#kit/panels';
import { OF_SERVICE } from '#kit/queries';
import { environment, LOKI, level, lokiSource, prometheusSource, service, text } from '#kit/variables';

/** Labels choose streams; everything else is looked for within them. */
const STREAMS = `{${OF_SERVICE},level=~"$level"}`;
const REQUEST = 'request_id=~"$request_id.*"';
const chosen = (selector: string) => `${selector} |~ \`(?i)$search\` | ${REQUEST}`;
const accessed = `${chosen(STREAMS)} | json | msg="request completed" | route=~"$route"`;

/** Short enough to be read as a list; the details of a line have all of its fields. */
const LINE =
  '{{.level}} {{.msg}}{{if .route}} {{.method}} {{.route}} {{.status}} {{.duration_ms}} ms{{end}}{{if .err_message}}: {{.err_message}}{{end}}';

export default dashboard({
  uid: 'logs',
  title: 'Logs',
  description: 'What happened to this request, or on this route?',
  from: 'now-1h',
  variables: [
    prometheusSource(),
    lokiSource(),
    service(),
    environment(),
    level(),
    text('request_id', 'Request', 'The x-request-id of an answer, or its first characters'),
    text('route', 'Route', 'A route as metrics name it, e.g. /todos/:id; .* for all', '.*'),
    text('search', 'Text', 'A part of a line, or a regular expression'),
  ],
  sections: [
    section(
      'How much',
      graphs(
        timeseries({
          title: 'Lines by level',
          description: 'How many lines the service writes.',
          unit: units.Short,
          source: LOKI,
          queries: { '{{level}}': `sum by (level) (count_over_time(${chosen(STREAMS)} [$__auto]))` },
          stacked: true,
          bars: true,
        }),
        timeseries({
          title: 'Failures by message',
          description: 'Lines of the levels error and fatal, by what happened.',
          unit: units.Short,
          source: LOKI,
          whenEmpty: 'Nothing has failed',
          queries: {
            '{{msg}}': `sum by (msg) (count_over_time(${chosen(`{${OF_SERVICE},level=~"error|fatal"}`)} | json msg="msg" [$__auto]))`,
          },
          stacked: true,
          bars: true,
        }),
        timeseries({
          title: 'Requests by status',
          description: 'Requests of the access log, by the status of their answers.',
          unit: units.Short,
          source: LOKI,
          queries: { '{{status}}': `sum by (status) (count_over_time(${accessed} [$__auto]))` },
          stacked: true,
          bars: true,
        }),
      ),
    ),
    section(
      'What',
      tall(
        logs({
          title: 'Requests',
          description:
            'The access log of the route: click a line for its request id, and enter it above to see everything about that request.',
          query: `${accessed} | line_format \`${LINE}\``,
        }),
      ),
      tall(
        logs({
          title: 'Failures',
          description: 'Why requests failed, with the stack where the fault is ours.',
          whenEmpty: 'Nothing has failed',
          query: `${chosen(`{${OF_SERVICE},level=~"error|fatal"}`)} | json | line_format \`${LINE}\``,
        }),
      ),
      tall(
        logs({
          title: 'All lines',
          description: 'Everything that the service wrote, of the chosen request if one is.',
          query: `${chosen(STREAMS)} | json | line_format \`${LINE}\``,
        }),
      ),
    ),
  ],
});
