/** The figures of a sweep, from the points that there are, with their sentences and tables. */
import { cursorText } from "../../../charts/rows.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { FigureContent } from "../../../figures/content.js";
import type { Messages } from "../../../i18n/index.js";
import { formatNumber } from "../../../i18n/numbers.js";
import type { Span, SweepWords } from "../../../i18n/sweep.js";
import { sweepChart } from "./chart.js";
import type { Line } from "./chart.js";
import { placesOf, requestOf } from "./choice.js";
import type { Choice } from "./choice.js";
import type { SweepPart } from "./names.js";
import type { Ending, Point, Spot } from "./run.js";

/** What was asked for, and the points that have come. */
export interface Sweep {
  /** The lab's request. */
  readonly request: PropagationRequest;
  readonly choice: Choice;
  readonly points: readonly Point[];
  /** Of each scheme. */
  readonly slots: readonly number[];
}

export function linesOf(
  { points, slots }: Sweep,
  ending: Ending,
  names: readonly string[],
): Line[] {
  return names.map((name, k) => ({
    slot: slots[k] ?? k,
    name,
    spots: points.flatMap(({ spots }) => spots[ending][k] ?? []),
  }));
}

/** Powers of ten from one value to another: none between two that are 0, infinitely many where one alone is or overflows. */
export const decadesBetween = (low: number, high: number): number =>
  low === 0 && high === 0 ? 0 : Math.log10(high / low);

const shortNumber = (value: number) => formatNumber(value, 2);

function spanOf(place: number, { least, greatest, low, high }: Spot): Span {
  return {
    place,
    decades: shortNumber(decadesBetween(least, greatest)),
    band: low > 0 ? shortNumber(decadesBetween(low, high)) : "",
  };
}

/** What a scheme's networks do at the first and the last size at which all are finite, and where some are not. */
function courseOf({ spots }: Line, places: readonly number[]) {
  const all = spots.map((spot, i) => ({ spot, place: places[i] ?? NaN }));
  const above = all.filter(({ spot }) => !(spot.greatest < Infinity)).map(({ place }) => place);
  const below = all.filter(({ spot }) => spot.least === 0).map(({ place }) => place);
  const whole = all.filter(({ place }) => !above.includes(place) && !below.includes(place));
  const ends = whole.length > 1 ? [whole[0], whole.at(-1)] : whole;
  const spans = ends.flatMap((end) => (end ? [spanOf(end.place, end.spot)] : []));
  return { spans, above, below };
}

/** What networks do, scheme by scheme; schemes of which the same is to be said are named together. */
function courseText(
  lines: readonly Line[],
  { choice }: Sweep,
  words: SweepWords,
  { captions, between }: Messages,
): readonly string[] {
  const { along } = choice;
  const courses = lines.map((line) => courseOf(line, placesOf(choice)));
  const keys = courses.map((course) => JSON.stringify(course));
  return courses.flatMap(({ spans, above, below }, k) => {
    if (keys.indexOf(keys[k] ?? "") < k) return [];
    const alike = lines.filter((_, i) => keys[i] === keys[k]).map(({ name }) => name);
    const names = alike.join(captions.and);
    return [
      ...(spans.length > 0 ? [words.spans(names, alike.length, along, spans)] : []),
      ...(above.length > 0 ? [words.overflow(names, along, above.join(between.items))] : []),
      ...(below.length > 0 ? [words.vanished(names, along, below.join(between.items))] : []),
    ];
  });
}

/** How far networks lie apart, as a spot of its own, and how far theory says. */
function apart({ least, greatest, low, high }: Spot): Spot {
  const decades = decadesBetween(least, greatest);
  const theory = decadesBetween(low, high);
  return { median: decades, least: decades, greatest: decades, theory, low: NaN, high: NaN };
}

export function sweepFigure(
  sweep: Sweep,
  { ending, span }: Pick<SweepPart, "ending" | "span">,
  names: readonly string[],
  words: SweepWords,
  messages: Messages,
): FigureContent {
  const { captions, figures, between } = messages;
  const { choice, request, points } = sweep;
  const { along, networks } = choice;
  const ends = linesOf(sweep, ending, names);
  const lines = span ? ends.map((line) => ({ ...line, spots: line.spots.map(apart) })) : ends;
  const places = placesOf(choice);
  const quantity = request.quantity === "variance" ? "variance" : "second_moment";
  const axis = {
    x: words.sizes[along],
    y: words.axes[span ? "span" : ending === "gradient" ? "gradient" : quantity],
    label: between.label,
    nothingFinite: words.nothingFinite,
    allZero: words.allZero,
  };
  const has = (column: "theory" | "low") =>
    ends.some(({ spots }) => spots.some((spot) => Number.isFinite(spot[column])));
  const { columns } = figures;
  const all = [
    ["median", figures.measured],
    ["least", columns.min],
    ["greatest", columns.max],
    ["theory", columns.theory],
    ["low", columns.low],
    ["high", columns.high],
  ] as const;
  const shown = all.filter(([key]) => !span || key === "median" || key === "theory");
  return {
    title: words.titles[span ? "spans" : "values"][ending][along],
    aspect: 1.6,
    draw: (frame) => sweepChart(lines, places, along, axis, frame),
    caption: [
      ...(points.length < places.length ? [words.partial(points.length, places.length)] : []),
      ...courseText(ends, sweep, words, messages),
      span ? words.marks(networks, has("low")) : captions.repeats(networks),
      words.inputs(requestOf(request, choice).batch),
      ...(along === "width" && request.widths ? [words.uniform] : []),
      ...(has("theory") && !span ? [captions.theory] : []),
      ...(has("low") ? [captions.band] : []),
    ].join(between.sentences),
    table: {
      head: [
        words.alongs[along],
        ...names.flatMap((name) => shown.map(([, head]) => name + between.label + head)),
      ],
      rows: points.map(({ place }, i) => [
        place,
        ...lines.flatMap(({ spots }) => shown.map(([key]) => spots[i]?.[key] ?? NaN)),
      ]),
    },
    describe: (i) =>
      cursorText(
        words.at[along](places[i] ?? NaN) + between.label,
        lines.map(({ slot, name, spots }) => ({
          slot,
          name,
          values: spots.map(({ median }) => median),
        })),
        i,
      ),
  };
}
