// Where panels stand: sections from top to bottom, each with lines of panels that share the width.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { RowBuilder, type Panel, type RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';

const WIDTH = 24;

type Line = readonly Builder<Panel>[];

export interface Section {
  readonly title: string;
  readonly lines: readonly { readonly height: number; readonly panels: Line }[];
}

/** Panels below a heading. */
export function section(title: string, ...lines: Section['lines']): Section {
  return { title, lines };
}

/** Small panels side by side, for numbers. */
export const numbers = (...panels: Line) => ({ height: 4, panels });

/** Panels side by side. */
export const graphs = (...panels: Line) => ({ height: 8, panels });

/** Panels side by side that need room. */
export const tall = (...panels: Line) => ({ height: 14, panels });

/** Every panel with its number and its place. */
export function place(sections: readonly Section[]): (Panel | RowPanel)[] {
  const placed: (Panel | RowPanel)[] = [];
  let y = 0;
  const put = (panel: Panel | RowPanel, gridPos: { x: number; w: number; h: number }) => {
    placed.push({ ...panel, id: placed.length + 1, gridPos: { ...gridPos, y } });
  };
  for (const { title, lines } of sections) {
    put(new RowBuilder(title).build(), { x: 0, w: WIDTH, h: 1 });
    y += 1;
    for (const { height, panels } of lines) {
      const w = Math.floor(WIDTH / panels.length);
      panels.forEach((panel, index) => {
        const isLast = index === panels.length - 1;
        put(panel.build(), { x: index * w, w: isLast ? WIDTH - index * w : w, h: height });
      });
      y += height;
    }
  }
  return placed;
}
