/** Answers, theory and drawings of both, for the tests of theory ahead of the simulation. */
import { expect } from "vitest";
import { themes } from "../../../web/src/charts/theme.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { parseState } from "../../../web/src/engine/url.js";
import { messagesOf, schemeNames } from "../../../web/src/i18n/index.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { drawingsOf } from "../../../web/src/labs/propagation/ahead/drawings.js";
import type { Drawings } from "../../../web/src/labs/propagation/ahead/drawings.js";
import type { AheadHost } from "../../../web/src/labs/propagation/ahead/index.js";
import type { Theories } from "../../../web/src/labs/propagation/ahead/theories.js";
import { propagationFigures } from "../../../web/src/labs/propagation/figures.js";
import type { PropagationParts } from "../../../web/src/labs/propagation/figures.js";
import { netFigures } from "../../../web/src/labs/propagation/net/figures.js";
import { planOf } from "../../../web/src/labs/propagation/plan.js";
import { hasNet } from "../../../web/src/labs/propagation/state.js";
import { localEngine } from "./support.js";

export const engine = localEngine();

export const size = { width: 640, height: 400, theme: themes.light };
export const SMALL = "v=1&width=32&batch=8&s=kaiming_normal&s=xavier_normal";
export const NET =
  "v=1&activation=tanh&net=depth*(dense,phi),res(dense)&width=16&batch=8&s=kaiming_normal";

export function requestOf(state: string): PropagationRequest {
  const { request, issues } = parseState("propagation", state);
  expect(issues).toEqual([]);
  return request;
}

/** An answer with the contents of its figures. */
export async function answered(state: string, locale: Locale = "en") {
  const request = requestOf(state);
  const results = await engine.run("propagation", request);
  const names = schemeNames(request.schemes, locale);
  const shown = results.map(({ scheme, result }, slot) => ({
    slot,
    name: names[slot] ?? "",
    scheme,
    result,
  }));
  const parts: PropagationParts = { request, chosen: shown[0], steadyAxis: (_, needed) => needed };
  const contents = shown[0]?.result.rows
    ? netFigures(shown, parts, locale)
    : propagationFigures(shown, parts, messagesOf(locale));
  return { request, contents };
}
export type Answered = Awaited<ReturnType<typeof answered>>;

export async function theoryOf(request: PropagationRequest): Promise<Theories> {
  const results = await engine.run("meanField", request);
  const plan = hasNet(request) ? await planOf(engine, request) : undefined;
  return { results, labels: plan?.rows.map(({ label }) => label) };
}

/** Theory of a state in the figures of another. */
export async function aheadOf(
  { request, contents }: Answered,
  state: string,
  locale: Locale = "en",
  steadyAxis: AheadHost["steadyAxis"] = (_, needed) => needed,
) {
  const now = requestOf(state);
  const { results, labels } = await theoryOf(now);
  const names = schemeNames(now.schemes, locale);
  return drawingsOf(contents, {
    now: results.map(({ result }, slot) => ({ slot, name: names[slot] ?? "", theory: result })),
    labels,
    shown: request,
    selected: 0,
    steadyAxis,
    locale,
  });
}

export function drawn(drawings: Drawings, name: string) {
  const drawing = drawings.get(name);
  return drawing ? drawing.draw(size) : expect.fail(`${name} has no drawing`);
}
export const textsOf = (svg: Element) =>
  [...svg.querySelectorAll("text")].map((t) => t.textContent);
export const pathOf = (path: Element | null | undefined) => path?.getAttribute("d") ?? "";
/** The points of a path. */
export const pointsOf = (d: string) =>
  d.split(/[MLZ]/).flatMap((pair) => {
    const [x, y] = pair.split(",").map(Number);
    return x !== undefined && y !== undefined ? [[x, y] as const] : [];
  });
