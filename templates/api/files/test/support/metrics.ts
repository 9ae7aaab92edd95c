/** The value of a series, or the sum of all that have the labels; 0 where there is none. */
export async function metric(
  managementUrl: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const exposition = await (await fetch(`${managementUrl}/metrics`)).text();
  return exposition
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** The metrics of an exposition, each with its type and the names of its labels but those that every series has. */
export async function metricsOf(
  managementUrl: string,
): Promise<{ metric: string; type: string; labels: string }[]> {
  const exposition = await (await fetch(`${managementUrl}/metrics`)).text();
  return [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, metric = '', type = '']) => {
    const series = exposition.split('\n').filter((line) => new RegExp(`^${metric}(_bucket)?\\{`).test(line));
    const names = series.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, name = '']) => name));
    const own = [...new Set(names)].filter((name) => !['le', 'service', 'environment'].includes(name));
    return { metric, type, labels: own.join(', ') };
  });
}
