/** A pulse that runs through the drawn network and back, once, when the page opens. */
import { svgElement } from "../../../charts/plot.js";
import type { Drawing, Interval } from "../../../charts/plot.js";

/** Milliseconds of either way. */
const LASTS = 600;
const WIDTH = 5;
let begun = false;

/** Runs along a band of the drawing, to the right or back. */
function run(svg: SVGSVGElement, along: Interval, across: Interval, delay: number): void {
  const bar = svgElement(
    "rect",
    {
      x: -WIDTH / 2,
      y: across.from,
      width: WIDTH,
      height: across.to - across.from,
      rx: WIDTH / 2,
      opacity: 0,
      class: "pulse",
    },
    svg,
  );
  const at = (x: number, opacity: number, offset: number) => ({
    transform: `translateX(${x}px)`,
    opacity,
    offset,
  });
  const { from, to } = along;
  const near = (share: number) => from + share * (to - from);
  const steps = [at(from, 0, 0), at(near(0.1), 0.6, 0.1), at(near(0.9), 0.6, 0.9), at(to, 0, 1)];
  bar.animate(steps, { duration: LASTS, delay }).onfinish = () => bar.remove();
}

/** Where a drawing takes the place of `before`, what still runs there goes on. */
export function pulse(
  { svg, xs }: Drawing,
  before: Drawing | undefined,
  { forward, backward }: Readonly<Record<"forward" | "backward", Interval>>,
): void {
  if (before) svg.append(...before.svg.querySelectorAll(".pulse"));
  if (begun) return;
  begun = true;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const [from = 0, to = 0] = [xs[0], xs.at(-1)];
  run(svg, { from, to }, forward, 0);
  run(svg, { from: to, to: from }, backward, LASTS);
}
