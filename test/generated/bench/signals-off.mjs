/** Preloaded into the service: no access log and no metrics of requests and queries. All else, request ids included, stays. */
import { createRequire } from 'node:module';
import path from 'node:path';

const ofService = createRequire(path.resolve('package.json'));
const { RequestObserver } = ofService('./dist/observability/request-observer.js');
const { Metrics } = ofService('./dist/observability/metrics.js');
const { QueryMetrics } = ofService('./dist/database/query-metrics.js');

RequestObserver.prototype.record = nothing;
Metrics.prototype.requestStarted = nothing;
QueryMetrics.prototype.observe = nothing;

function nothing() {}
