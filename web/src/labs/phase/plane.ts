/** The phase plane: data in, SVG out. */
import * as Plot from "@observablehq/plot";
import {
  addImage,
  colorBar,
  divergingPalette,
  sequentialPalette,
  SHADES,
} from "../../charts/image.js";
import {
  axes,
  axisTitles,
  draw,
  MARGINS,
  note,
  numberLabel,
  pixels,
  svgElement,
} from "../../charts/plot.js";
import type { Drawing, Frame } from "../../charts/plot.js";
import { labelWidth, shortened } from "../../charts/labels.js";
import { line as rule } from "../../charts/panels.js";
import { toPngAddress } from "../../charts/png.js";
import { SLOT_SYMBOLS } from "../../slots.js";
import type { Theme } from "../../charts/theme.js";
import type { PhaseRequest } from "../../engine/request.js";
import type { PhaseMap, PhasePoint } from "../../engine/results.js";
import { formatNumber } from "../../i18n/numbers.js";
import { repels } from "../phase-text.js";

type MapQuantity = PhaseRequest["quantity"];

/** Colours are full where chi_1 is twice or half as large as at the edge of chaos. */
const MOST_RATIO = 2;
/** Depth scales from 1 to this many layers have colours of their own. */
const MOST_LAYERS = 1000;
/** Height of a line of names, and of the lowest above its marker. */
const LINE = 15;
const ABOVE = 10;
/** The name of what is outside takes at most this share of the plane. */
const MOST_NAME = 0.5;

/** Cells of the map, as indices of the palette, the row of the largest sigma_b^2 first. */
export function mapShades(map: PhaseMap, quantity: MapQuantity): Uint8Array {
  const [columns, rows] = [map.sigmaW2.length, map.sigmaB2.length];
  const shades = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; ++row)
    for (let column = 0; column < columns; ++column) {
      const log = Math.log(map.chi1[row * columns + column] ?? 1);
      const share =
        quantity === "chi_1"
          ? log / Math.log(MOST_RATIO)
          : (2 * Math.log(1 / Math.abs(log))) / Math.log(MOST_LAYERS) - 1;
      const inside = Math.max(-1, Math.min(1, share));
      shades[(rows - 1 - row) * columns + column] = SHADES + Math.round(inside * SHADES);
    }
  return shades;
}

function paletteOf(quantity: MapQuantity, theme: Theme): Uint8Array {
  return quantity === "chi_1" ? divergingPalette(theme) : sequentialPalette();
}

/** The map as an image, to be made once for a map and a theme. */
export function mapImage(map: PhaseMap, quantity: MapQuantity, theme: Theme) {
  const [width, height] = [map.sigmaW2.length, map.sigmaB2.length];
  return toPngAddress(mapShades(map, quantity), width, height, paletteOf(quantity, theme));
}

export interface Place {
  readonly slot: number;
  readonly name: string;
  readonly point: PhasePoint;
}

interface PlaneWords {
  readonly x: string;
  readonly y: string;
  readonly ordered: string;
  readonly chaotic: string;
  readonly outside: (name: string) => string;
}

/** Names of places that coincide stand in one line. */
function labelled(places: readonly Place[]): { point: PhasePoint; text: string; slot: number }[] {
  const found: { point: PhasePoint; text: string; slot: number }[] = [];
  for (const { point, name, slot } of places) {
    const same = found.find(
      (other) =>
        Math.abs(other.point.sigmaW2 - point.sigmaW2) < 1e-9 &&
        Math.abs(other.point.sigmaB2 - point.sigmaB2) < 1e-9,
    );
    if (same) same.text += `, ${name}`;
    else found.push({ point, text: name, slot });
  }
  return found;
}

/** chi_1 over the plane, the edge of chaos, the schemes' places and the reader's point. */
export function planeChart(
  map: PhaseMap,
  image: string,
  quantity: MapQuantity,
  most: PhasePoint,
  places: readonly Place[],
  point: PhasePoint,
  words: PlaneWords,
  frame: Frame,
): Drawing {
  const marginRight = 64;
  const edge = [...map.criticalSigmaW2].map((sigmaW2, i) => ({
    sigmaW2,
    sigmaB2: map.criticalSigmaB2[i] ?? NaN,
    repels: repels({ chiQ: map.criticalChiQ[i] ?? 0 }),
  }));
  const inside = ({ sigmaW2, sigmaB2 }: PhasePoint) =>
    sigmaW2 <= most.sigmaW2 && sigmaB2 <= most.sigmaB2;
  const shown = places.filter((place) => inside(place.point));
  const line = (repelling: boolean) =>
    Plot.line(
      edge.map((at) => (at.repels === repelling ? at : { ...at, sigmaB2: NaN })),
      {
        x: "sigmaW2",
        y: "sigmaB2",
        stroke: frame.theme.text,
        strokeWidth: 1.4,
        strokeDasharray: repelling ? "2 3" : "none",
      },
    );
  // The image goes below the marks: a first, empty plot gives the scales.
  const svg = draw(frame, {
    marginRight,
    x: { domain: [0, most.sigmaW2] },
    y: { domain: [0, most.sigmaB2] },
    marks: [
      ...axes(
        frame,
        { ticks: 5, format: numberLabel },
        { ticks: 5, format: numberLabel, lines: false },
      ),
      edge.length > 1 ? line(false) : null,
      edge.length > 1 ? line(true) : null,
      Plot.dot(edge.length === 1 ? edge : [], {
        x: "sigmaW2",
        y: "sigmaB2",
        r: 4,
        fill: frame.theme.text,
        symbol: "star",
      }),
      ...shown.map((place) =>
        Plot.dot([place.point], {
          x: "sigmaW2",
          y: "sigmaB2",
          r: 5,
          symbol: SLOT_SYMBOLS[place.slot] ?? "circle",
          fill: frame.theme.slots[place.slot] ?? frame.theme.text,
          stroke: frame.theme.ground,
        }),
      ),
    ],
  });
  const x = pixels(svg, "x");
  const y = pixels(svg, "y");
  const left = x(0);
  const top = y(most.sigmaB2);
  const width = x(most.sigmaW2) - left;
  const height = y(0) - top;
  const under = addImage(svg, image, { x: left, y: top, width, height }, true);
  svg.prepend(under);
  const bar = { x: frame.width - marginRight + 12, top, height };
  colorBar(
    svg,
    paletteOf(quantity, frame.theme),
    bar,
    quantity === "chi_1"
      ? [
          { share: 0, text: String(MOST_RATIO) },
          { share: 0.5, text: "1" },
          { share: 1, text: formatNumber(1 / MOST_RATIO) },
        ]
      : [
          { share: 0, text: `${MOST_LAYERS}` },
          { share: 1, text: "1" },
        ],
  );
  // A name stands just above its marker; one that would meet another lies in a higher line, with a leader.
  const roomAt = (at: number) => Math.max(at - left, left + width - at); // on the side that has more
  const sorted = labelled(shown)
    .sort((p, q) => p.point.sigmaW2 - q.point.sigmaW2)
    .map(({ text, ...place }) => ({
      ...place,
      text: shortened(text, roomAt(x(place.point.sigmaW2))),
    }));
  const ends: number[] = []; // of each line of names, from the lowest
  for (const { point: at, text, slot } of sorted) {
    const color = frame.theme.slots[slot] ?? frame.theme.text;
    const right = x(at.sigmaW2) + labelWidth(text) > left + width;
    const begin = x(at.sigmaW2) + (right ? 4 - labelWidth(text) : -4);
    const free = ends.findIndex((end) => end <= begin);
    const row = free < 0 ? ends.length : free;
    ends[row] = begin + labelWidth(text);
    const lift = row * LINE;
    const foot = y(at.sigmaB2) - ABOVE;
    if (lift > 0)
      rule(svg, {
        x1: x(at.sigmaW2),
        x2: x(at.sigmaW2),
        y1: foot + 2,
        y2: foot - lift + 3,
        stroke: color,
      });
    note(
      svg,
      frame,
      text,
      {
        x: x(at.sigmaW2) + (right ? 4 : -4),
        y: foot - lift,
        anchor: right ? "end" : "start",
      },
      color,
    );
  }
  // The phases are named where the map's upper corners lie in them.
  const [first = 1, last = 1] = [map.chi1.at(-map.sigmaW2.length), map.chi1.at(-1)];
  if (first < 1)
    note(
      svg,
      frame,
      words.ordered,
      { x: left + 6, y: top + 14, anchor: "start" },
      frame.theme.text,
    );
  if (last > 1)
    note(
      svg,
      frame,
      words.chaotic,
      { x: left + width - 6, y: top + 14, anchor: "end" },
      frame.theme.text,
    );
  const away = places.filter((place) => !inside(place.point));
  away.forEach((place, i) =>
    note(
      svg,
      frame,
      `${words.outside(shortened(place.name, MOST_NAME * width))} →`,
      { x: left + width - 4, y: top + 30 + 16 * i, anchor: "end" },
      frame.theme.slots[place.slot] ?? frame.theme.text,
    ),
  );
  addPoint(
    svg,
    { x: x(Math.min(point.sigmaW2, most.sigmaW2)), y: y(Math.min(point.sigmaB2, most.sigmaB2)) },
    frame,
  );
  axisTitles(svg, frame, words);
  return {
    svg,
    xs: [],
    top: MARGINS.top,
    bottom: frame.height - MARGINS.bottom,
    invert: (px, py) => ({
      x: (Math.max(0, Math.min(1, (px - left) / width)) || 0) * most.sigmaW2,
      y: (Math.max(0, Math.min(1, 1 - (py - top) / height)) || 0) * most.sigmaB2,
    }),
  };
}

/** A ring with a cross, seen on any colour. */
function addPoint(svg: SVGSVGElement, at: { x: number; y: number }, frame: Frame): void {
  const strokes = [
    { stroke: frame.theme.ground, "stroke-width": 5 },
    { stroke: frame.theme.text, "stroke-width": 2 },
  ];
  for (const stroke of strokes) {
    svgElement("circle", { cx: at.x, cy: at.y, r: 8, fill: "none", ...stroke }, svg);
    svgElement(
      "path",
      {
        d: `M${at.x - 3} ${at.y}h6M${at.x} ${at.y - 3}v6`,
        ...stroke,
        "stroke-width": Math.min(3, stroke["stroke-width"]),
      },
      svg,
    );
  }
}
