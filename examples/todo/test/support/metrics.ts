export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Every series of an exposition. */
export async function seriesOf(managementUrl: string): Promise<Series[]> {
  return [...(await expose(managementUrl)).matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name = '', labels = '', value]) => ({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]),
      ),
      value: Number(value),
    }),
  );
}

/** The value of a series, or the sum of all that have the labels; 0 where there is none. */
export async function metric(
  managementUrl: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  return (await seriesOf(managementUrl))
    .filter((series) => series.name === name)
    .filter((series) => Object.entries(labels).every(([label, value]) => series.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

/** The metrics of an exposition, each with its type, its help and the names of its labels but those that every series has. */
export async function metricsOf(
  managementUrl: string,
): Promise<{ metric: string; type: string; help: string; labels: string }[]> {
  const exposition = await expose(managementUrl);
  const series = await seriesOf(managementUrl);
  return [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, metric = '', type = '']) => {
    const names = series
      .filter(({ name }) => name === metric || name === `${metric}_bucket`)
      .flatMap(({ labels }) => Object.keys(labels));
    const own = [...new Set(names)].filter((name) => !['le', 'service', 'environment'].includes(name));
    const [, help = ''] = new RegExp(`^# HELP ${metric} (.*)$`, 'm').exec(exposition) ?? [];
    return { metric, type, help, labels: own.join(', ') };
  });
}

async function expose(managementUrl: string): Promise<string> {
  return (await fetch(`${managementUrl}/metrics`)).text();
}
