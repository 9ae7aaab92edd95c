// Ways from a panel to the lines of the log about the same thing.

const LOGS = '/d/logs?${__url_time_range}&var-service=${service}&var-environment=${environment}';

/** For panels whose series have the label `route`. */
export const logsOfRoute = {
  title: 'Logs of this route',
  url: `${LOGS}&var-route=\${__field.labels.route}`,
};

/** For panels about the routes that are chosen. */
export const logsOfRoutes = {
  title: 'Logs of these routes',
  url: `${LOGS}&var-route=\${route:pipe}`,
};

/** For panels about the service as a whole. */
export const logsOfFailures = {
  title: 'Logs of failures at that time',
  url: `${LOGS}&var-level=error&var-level=fatal`,
};
