/** Small requests of every lab, under which each of its figures is there, as the labs make them. */
import { expect } from "vitest";
import type { FigureContent, Figures } from "../../../web/src/figures/content.js";
import type { Theme } from "../../../web/src/charts/theme.js";
import type { Engine } from "../../../web/src/engine/client.js";
import type { PropagationRequest } from "../../../web/src/engine/request.js";
import { parseState } from "../../../web/src/engine/url.js";
import { messagesOf, schemeNames } from "../../../web/src/i18n/index.js";
import { netWords } from "../../../web/src/i18n/net.js";
import { sweepWords } from "../../../web/src/i18n/sweep.js";
import { raceMessagesOf } from "../../../web/src/i18n/race-messages.js";
import type { Locale } from "../../../web/src/i18n/index.js";
import { auditMessages } from "../../../web/src/i18n/audit.js";
import { auditFigures, tensorFigures } from "../../../web/src/labs/audit/figures.js";
import { extentOf } from "../../../web/src/labs/distribution/charts.js";
import { distributionFigures } from "../../../web/src/labs/distribution/figures.js";
import type { LabKind } from "../../../web/src/labs/lab-state.js";
import { phaseFigures } from "../../../web/src/labs/phase/figures.js";
import { mapImage } from "../../../web/src/labs/phase/plane.js";
import { layerFigures } from "../../../web/src/labs/propagation/layers/index.js";
import { networkFigure } from "../../../web/src/labs/propagation/net/figure.js";
import { linesOf } from "../../../web/src/labs/propagation/net/strips.js";
import { netFigures } from "../../../web/src/labs/propagation/net/figures.js";
import { propagationFigures } from "../../../web/src/labs/propagation/figures.js";
import { choiceOf } from "../../../web/src/labs/propagation/sweep/choice.js";
import { sweepFigure } from "../../../web/src/labs/propagation/sweep/figure.js";
import { sweepNames } from "../../../web/src/labs/propagation/sweep/names.js";
import { runSweep, workOf } from "../../../web/src/labs/propagation/sweep/run.js";
import type { Point } from "../../../web/src/labs/propagation/sweep/run.js";
import type { OncePerAnswer } from "../../../web/src/labs/race.js";
import { symmetryFigures } from "../../../web/src/labs/symmetry/figures.js";
import { trainingFigures } from "../../../web/src/labs/training/figures.js";
import { model } from "./audit-fixture.js";

interface Lab {
  /** States as links have them; a figure is drawn of the first that has it. */
  readonly states: readonly string[];
  /** All figures of one of them, as the lab's element has them made. */
  readonly figures: (state: string, engine: Engine, locale: Locale) => Promise<Figures<string>>;
}

/** A request as a link has it, its schemes' results with their names. */
async function answered<K extends LabKind>(kind: K, state: string, engine: Engine, locale: Locale) {
  const { request, issues } = parseState(kind, state);
  expect(issues).toEqual([]);
  const answers = await engine.run(kind, request);
  const names = schemeNames(request.schemes, locale);
  const shown = answers.map(({ scheme, result }, slot) => ({
    slot,
    name: names[slot] ?? "",
    scheme,
    result,
  }));
  return { request, shown };
}

/** Networks of a few widths and of ten depths. */
async function sweptFigures(request: PropagationRequest, engine: Engine, locale: Locale) {
  const { signal } = new AbortController();
  const names = schemeNames(request.schemes, locale);
  const figures: Record<string, FigureContent> = {};
  for (const along of ["width", "depth"] as const) {
    const choice = { ...choiceOf(request, along), networks: 10 };
    const points: Point[] = [];
    const onPoint = (point: Point) => points.push(point);
    const onProgress = () => undefined;
    const work = await workOf(engine, request, choice, signal);
    await runSweep(engine, request, choice, work, { signal, onProgress, onPoint });
    const sweep = { request, choice, points, slots: request.schemes.map((_, i) => i) };
    for (const part of sweepNames())
      if (part.along === along)
        figures[part.name] = sweepFigure(
          sweep,
          part,
          names,
          sweepWords(locale),
          messagesOf(locale),
        );
  }
  return figures;
}

/** Nothing is dragged, and no frame was before: each axis is what is needed. */
const steadyAxis = <T>(_: string, needed: T): T => needed;
const oncePerAnswer: OncePerAnswer = (_, make) => make();

/** The frame of a race that is shown: its course has begun, and is not at its end. */
const FRAME = 15;
/** As a race of networks of one unit might give. */
const CEILING = 0.75;

const still = { move: () => undefined, nudge: () => undefined, settle: () => undefined };

/** Labs whose figures are files: those that answer a state, and the audit, which reads what is given. */
export type LabName = LabKind | "audit";

export const labs: Readonly<Record<LabName, Lab>> = {
  audit: {
    states: [""],
    figures: async (_state, _engine, locale) => {
      const messages = await auditMessages.load(locale);
      const [, drawn] = model.tensors;
      if (!drawn) expect.fail("no tensor");
      return { ...auditFigures(model, messages), ...tensorFigures(drawn, messages) };
    },
  },
  propagation: {
    states: [
      "v=1&depth=6&width=32&batch=16&s=kaiming_normal&s=xavier_normal",
      "v=1&depth=6&width=32&batch=16&activation=tanh&s=xavier_normal&s=normal;std:1",
      "v=1&net=depth*(res(ln,dense;out:4x,phi,dense;out:width)),ln,dense;out:10&depth=6&width=32&batch=16&s=kaiming_normal&s=fixup",
      "v=1&net=dense;out:24,depth*(res;scale:1/sqrt(depth)(ln,dense;out:2x,phi,dense;out:24)),res(2*(dense;out:12,phi)|dense;out:12),phi,dropout&depth=6&width=32&batch=16&s=kaiming_normal",
    ],
    figures: async (state, engine, locale) => {
      const { request, shown } = await answered("propagation", state, engine, locale);
      const [chosen] = shown;
      const messages = messagesOf(locale);
      const parts = { request, chosen, steadyAxis, layers: layerFigures(locale) };
      if (!chosen?.result.rows) {
        // One state, whose activation is the standard one, has them.
        const swept =
          request.activation === "relu" && (await sweptFigures(request, engine, locale));
        return { ...propagationFigures(shown, parts, messages), ...swept };
      }
      if (shown.length > 1) {
        // Those of a net have names of their own, since the others' figures are of layers.
        const { branch, joined, activation, activations } = netFigures(shown, parts, locale);
        return { branch, joined, netActivation: activation, netActivations: activations };
      }
      const [plan] = await engine.run("plan", request);
      if (!plan) expect.fail("no plan");
      const lines = linesOf(plan.result);
      const picked = { first: 3, last: 3 };
      const drawn = { plan: plan.result, lines, chosen, request, picked };
      return { network: networkFigure(drawn, netWords(locale), messages) };
    },
  },
  distribution: {
    states: ["v=1&shape=24,16&samples=2000&bins=24&s=kaiming_normal&s=xavier_uniform"],
    figures: async (state, engine, locale) => {
      const { request, shown } = await answered("distribution", state, engine, locale);
      const { schemes, shape, layout, generator, seed } = request;
      const matrices = await engine.run("matrix", { schemes, shape, layout, generator, seed });
      const spectra = shown.flatMap(({ slot, name }, i) => {
        const result = matrices[i]?.result;
        return result ? [{ slot, name, result }] : [];
      });
      const parts = { extent: extentOf(shown), spectra, chosen: spectra[0], window: undefined };
      return distributionFigures(shown, parts, locale);
    },
  },
  phase: {
    states: ["v=1&depth=8&width=32&sigma_w2=1.76&s=xavier_normal&s=kaiming_normal"],
    figures: async (state, engine, locale) => {
      const { request, shown } = await answered("phase", state, engine, locale);
      const { map, theory } = shown[0]?.result ?? {};
      if (!map || !theory) expect.fail("no map");
      const image = (theme: Theme) => mapImage(map, request.quantity, theme);
      const parts = { request, map, theory, image, handle: still };
      return phaseFigures(shown, parts, steadyAxis, messagesOf(locale));
    },
  },
  training: {
    states: [
      "v=1&samples=80&depth=3&width=16&steps=30&learning_rate=0.1&s=zeros&s=kaiming_normal",
      "v=1&samples=20&batch=20&depth=3&width=16&steps=30&activation=tanh&data_set=digits&s=xavier_normal",
    ],
    figures: async (state, engine, locale) => {
      const { request, shown } = await answered("training", state, engine, locale);
      return trainingFigures(
        shown,
        { request, frame: FRAME, oncePerAnswer },
        raceMessagesOf(locale),
      );
    },
  },
  symmetry: {
    states: ["v=1&samples=80&width=4&steps=30&s=constant;val:0.5&s=xavier_normal"],
    figures: async (state, engine, locale) => {
      const { request, shown } = await answered("symmetry", state, engine, locale);
      const parts = { request, frame: FRAME, ceiling: CEILING, oncePerAnswer };
      return symmetryFigures(shown, parts, raceMessagesOf(locale));
    },
  },
};
