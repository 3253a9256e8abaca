/**
 * What is said of a network, and what was tried to mend it: the words and the trials, which are loaded
 * after the figures, and what came of them.
 */
import { leisure } from "../../controls/draw-queue.js";
import { loadPart } from "../../controls/part.js";
import type { Engine } from "../../engine/client.js";
import type { PropagationRequest } from "../../engine/request.js";
import type { PropagationResult, SchemeResults } from "../../engine/results.js";
import type { Trial } from "./verdict/index.js";

const loadCure = () => import("./cure.js");
const loadVerdict = () => import("./verdict/index.js");
export type Verdict = Awaited<ReturnType<typeof loadVerdict>>;
/** What figures of nets are, which have rows and not layers. */
const loadNets = () => import("./net/figures.js");
export type Nets = Awaited<ReturnType<typeof loadNets>>;

/** The results of a request that are shown. */
interface Answer {
  readonly request: PropagationRequest;
  readonly results: SchemeResults<"propagation">;
}

interface AdviceHost {
  readonly engine: () => Engine;
  /** Says anew what is said. */
  readonly changed: () => void;
  /** Draws anew, with what draws figures of nets. */
  readonly netsCame: (nets: Nets) => void;
  /** Says that the code did not come. */
  readonly lack: (error: unknown) => void;
}

export class Advice {
  verdict: Verdict | undefined;
  private nets: Nets | undefined;
  private tried: { answer: Answer; trials: readonly Trial[] } | undefined;
  private trial = new AbortController();
  private watcher: IntersectionObserver | undefined;
  /** The answers whose cure is waited for, and was asked for. */
  private watched: Answer | undefined;
  private cureFor: Answer | undefined;

  constructor(private readonly host: AdviceHost) {}

  /** What was tried on the network of an answer; undefined before. */
  trialsOf(answer: Answer | undefined): readonly Trial[] | undefined {
    return this.tried?.answer === answer ? this.tried?.trials : undefined;
  }

  /** Whether what was to be tried was called off, and nothing else is. */
  get calledOff(): boolean {
    return this.trial.signal.aborted;
  }

  callOff(): void {
    this.trial.abort();
    this.watcher?.disconnect();
  }

  /**
   * Loads what shows a cure when its place comes into view: the first view does without. It says its words
   * when it is there, and is asked for once for an answer. What is called off is watched no more.
   */
  watchCure(place: Element | null, answer: Answer | undefined): void {
    if (customElements.get("init-cure")) return this.watcher?.disconnect();
    if (!place || this.cureFor === answer) return;
    this.watcher ??= new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.watcher?.disconnect();
      this.cureFor = this.watched;
      void loadPart(loadCure).catch(this.host.lack);
    });
    this.watched = answer;
    this.watcher.observe(place);
  }

  /** Of an answer that has rows; undefined too where the part does not come. */
  async netsFor(result: PropagationResult | undefined): Promise<Nets | undefined> {
    if (!result?.rows) return undefined;
    if (!this.nets) {
      const nets = await loadPart(loadNets).catch(this.host.lack);
      if (nets) this.host.netsCame((this.nets = nets));
    }
    return this.nets;
  }

  /** Loads the words about an answer, and tries what might mend the network where a scheme ails. */
  async follow(answer: Answer): Promise<void> {
    this.callOff();
    const { signal } = (this.trial = new AbortController());
    const replaced = () => signal.aborted;
    const verdict = this.verdict ?? (await loadPart(loadVerdict).catch(this.host.lack));
    if (!verdict) return;
    if (verdict !== this.verdict) {
      this.verdict = verdict;
      this.host.changed();
    }
    const { request, results } = answer;
    const [first] = results;
    const nets = await this.netsFor(first?.result);
    if (!first || replaced() || this.tried?.answer === answer) return;
    if (!results.some(({ result }) => (nets ?? { lacks: verdict.ails }).lacks(result))) return;
    await leisure(); // the answer is drawn first, on machines of two processors faster by a third
    if (replaced()) return;
    try {
      const engine = this.host.engine();
      const trials = nets
        ? await nets.tryOnNet(engine, request, results, signal)
        : await verdict.tryRemedies(engine, request, first.result.theory, signal);
      if (replaced()) return;
      this.tried = { answer, trials };
      this.host.changed();
    } catch {
      // A newer request took its place, or the engine is gone, which the lab itself will tell.
    }
  }
}
