/** What each network makes of the plane, and what the digits look like: data in, SVG out. */
import type { FigureContent } from "../../figures/content.js";
import { addImage, divergingPalette, onGrid, shadeOf } from "../../charts/image.js";
import { dots, label, panels, panelsAspect } from "../../charts/panels.js";
import type { Box } from "../../charts/panels.js";
import type { Drawing, Frame } from "../../charts/plot.js";
import { toPngAddress } from "../../charts/png.js";
import type { Theme } from "../../charts/theme.js";
import { catalogue } from "../../engine/catalogue.js";
import type { Samples, TrainingFrame } from "../../engine/results.js";
import type { RaceMessages } from "../../i18n/race-messages.js";
import { formatShare } from "../../i18n/numbers.js";
import { endedBefore, frameAt } from "../outcome.js";
import { endedTexts, nameAt } from "../outcome-text.js";
import type { Race } from "../race.js";

const { trainingMapReach: REACH, digitSide: DIGIT } = catalogue.limits;
/** Samples drawn in each panel. */
const MOST_POINTS = 200;
/** Values of a regression beyond these have the palette's last colours. */
const MOST_VALUE = 1.2;

/** The palette's index at each point: of a class its probability, of a regression its value. */
export function mapShades(map: Float32Array, regression: boolean): Uint8Array {
  return Uint8Array.from(map, (value) =>
    regression ? shadeOf(value, MOST_VALUE) : shadeOf(value - 0.5, 0.5),
  );
}

function colorOf(theme: Theme, y: number, regression: boolean): string {
  const palette = divergingPalette(theme);
  const at = 3 * (regression ? shadeOf(y, MOST_VALUE) : shadeOf(y - 0.5, 0.5));
  return `rgb(${palette.slice(at, at + 3).join()})`;
}

interface Panel {
  readonly slot: number;
  readonly name: string;
  readonly map: Float32Array;
  /** Whether the run is over, so that the network of the map is no more. */
  readonly over: boolean;
}

/** Samples stand out of a map; what a lost network said is hardly seen any more. */
const OPACITY = { running: "0.6", over: "0.15" };

export function boundaryChart(
  items: readonly Panel[],
  { x: columns, y: rows }: NonNullable<TrainingFrame["mapAxes"]>,
  samples: Samples,
  frame: Frame,
): Drawing {
  const { theme } = frame;
  const regression = samples.classes === 1;
  const points = Array.from({ length: Math.min(MOST_POINTS, samples.y.length) }, (_, i) => ({
    x: samples.x[2 * i] ?? 0,
    y: samples.x[2 * i + 1] ?? 0,
    fill: colorOf(theme, samples.y[i] ?? 0, regression),
    shape: !regression && samples.y[i] === 1 ? ("cross" as const) : ("disc" as const),
  })).filter(({ x, y }) => Math.abs(x) < REACH && Math.abs(y) < REACH);
  return panels(items, 1, frame, (svg, { map, over }, box: Box) => {
    const shades = mapShades(map, regression);
    const address = toPngAddress(shades, columns.length, rows.length, divergingPalette(theme));
    const opacity = over ? OPACITY.over : OPACITY.running;
    addImage(svg, address, box, true).setAttribute("opacity", opacity);
    dots(
      svg,
      points.map(({ x, y, ...look }) => ({
        x: box.x + (0.5 + x / REACH / 2) * box.width,
        y: box.y + (0.5 - y / REACH / 2) * box.height,
        ...look,
      })),
      2.4,
      theme.name === "light" ? theme.ground : theme.text, // the map is in the dots' own colours
    );
  });
}

/** Undefined where the inputs are no points of the plane. */
export function boundaryFigure(
  shown: readonly Race[],
  place: number,
  messages: RaceMessages,
): FigureContent | undefined {
  const { figures, captions } = messages;
  const { samples, mapAxes } = shown[0]?.result.frames[0] ?? {};
  const items = shown.flatMap((race) => {
    const { slot, result } = race;
    const frame = frameAt(result, place);
    const over = endedBefore(result, place) !== undefined;
    const name = nameAt(race, place, messages);
    return frame && frame.map.length > 0
      ? [{ slot, name, map: frame.map, score: frame.score, over }]
      : [];
  });
  if (!samples || !mapAxes || items.length === 0) return undefined;
  const regression = samples.classes === 1;
  return {
    title: regression ? figures.boundary.surface : figures.boundary.classes,
    aspect: panelsAspect(
      items.map(({ name }) => name),
      1,
    ),
    draw: (frame) => boundaryChart(items, mapAxes, samples, frame),
    caption: [
      regression ? captions.boundarySurface : captions.boundary,
      ...(regression
        ? []
        : items.map(({ name, score }) => captions.said(name, formatShare(score)))),
      ...endedTexts(shown, place, messages),
    ].join(messages.between.sentences),
    table: {
      head: ["x₁", "x₂", ...items.map(({ name }) => name)],
      rows: onGrid(mapAxes.x, mapAxes.y, (x, y, i) => [
        x,
        y,
        ...items.map(({ map }) => map[i] ?? NaN),
      ]),
    },
  };
}

const DIGIT_COLUMNS = 10;
const DIGIT_ROWS = 4;

/** Samples of digits, a column for each class. */
export function digitsFigure(
  samples: Samples,
  { figures, captions }: RaceMessages,
): FigureContent | undefined {
  if (samples.inputs !== DIGIT * DIGIT || samples.classes !== DIGIT_COLUMNS) return undefined;
  const count = Math.min(DIGIT_COLUMNS * DIGIT_ROWS, samples.y.length);
  return {
    title: figures.digits,
    aspect: () => DIGIT_COLUMNS / (DIGIT_ROWS + 0.4),
    draw: (frame) => {
      const side = frame.width / DIGIT_COLUMNS;
      const drawing = panels([], 1, frame, () => undefined);
      const greys = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
      for (let i = 0; i < count; ++i) {
        const pixels = samples.x.subarray(i * DIGIT * DIGIT, (i + 1) * DIGIT * DIGIT);
        const shades = Uint8Array.from(pixels, (value) =>
          Math.max(0, Math.min(255, 128 + 50 * value)),
        );
        const x = (i % DIGIT_COLUMNS) * side;
        addImage(drawing.svg, toPngAddress(shades, DIGIT, DIGIT, greys), {
          x: x + 1,
          y: Math.floor(i / DIGIT_COLUMNS) * side,
          width: side - 2,
          height: side - 2,
        });
      }
      for (let i = 0; i < DIGIT_COLUMNS; ++i)
        label(drawing.svg, String(i), {
          x: (i + 0.5) * side,
          y: DIGIT_ROWS * side + 12,
          "text-anchor": "middle",
        });
      return drawing;
    },
    caption: captions.digits,
    table: {
      head: [figures.sample, ...Array.from({ length: DIGIT * DIGIT }, (_, i) => String(i + 1))],
      rows: Array.from({ length: count }, (_, i) => [
        samples.y[i] ?? 0,
        ...samples.x.subarray(i * DIGIT * DIGIT, (i + 1) * DIGIT * DIGIT),
      ]),
    },
  };
}
