/** A pulse that runs through the drawn network and back, once, when the page opens. */
import { svgElement } from "../../../charts/plot.js";
import type { Drawing } from "../../../charts/plot.js";

/** Milliseconds, there and back. */
const LASTS = 1200;
let run = false;

export function pulse({ svg, xs, top, bottom }: Drawing): void {
  if (run) return;
  run = true;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const [from = 0, to = 0] = [xs[0], xs.at(-1)];
  const bar = svgElement(
    "rect",
    {
      x: from - 3,
      y: top,
      width: 6,
      height: bottom - top,
      rx: 3,
      "fill-opacity": 0.35,
      class: "pulse",
    },
    svg,
  );
  const there = `translateX(${to - from}px)`;
  const steps = [
    { transform: "none", opacity: 0 },
    { opacity: 1, offset: 0.06 },
    { transform: there, opacity: 1, offset: 0.5 },
    { opacity: 1, offset: 0.94 },
    { transform: "none", opacity: 0 },
  ];
  bar.animate(steps, { duration: LASTS, easing: "ease-in-out" }).onfinish = () => bar.remove();
}
