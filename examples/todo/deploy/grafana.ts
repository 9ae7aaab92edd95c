import { annotationOf } from '#deploy/core/annotation';
import type { DeploymentRecord } from '#deploy/core/record';

const TIMEOUT_MS = 10_000;

interface Grafana {
  /** Undefined where there is none to tell. */
  readonly url: string | undefined;
  /** Of a service account that may write annotations. */
  readonly token: string | undefined;
}

/** Marks a release on dashboards. Resolves with why that failed; undefined where it did not, or there is no Grafana. */
export async function annotate(
  { url, token }: Grafana,
  record: DeploymentRecord,
  service: string,
): Promise<string | undefined> {
  if (!url && !token) return undefined;
  if (!url || !token) return 'GRAFANA_URL and GRAFANA_TOKEN have to be set both';
  try {
    const response = await fetch(new URL('api/annotations', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(annotationOf(record, service)),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.ok ? undefined : `Grafana answers ${response.status}`;
  } catch (error) {
    return `Grafana does not answer: ${(error as Error).message}`;
  }
}
