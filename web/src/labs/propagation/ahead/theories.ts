/** Where theories come from: the module in the page's own thread, at once, or else a worker for quick questions. */
import type { Engine } from "../../../engine/client.js";
import type { Near } from "../../../engine/near.js";
import type { PropagationRequest } from "../../../engine/request.js";
import type { SchemeResults } from "../../../engine/results.js";
import { nearEngine, quickEngine } from "../../../engine/shared.js";
import { planOf, planRequest } from "../plan.js";
import { hasNet } from "../state.js";

/** What theory says of each scheme, and what the rows of a net are called. */
export interface Theories {
  readonly results: SchemeResults<"meanField">;
  readonly labels: readonly string[] | undefined;
}

export interface TheorySource {
  /** Theory of a request where it can be had within the present frame. */
  readonly now: (request: PropagationRequest) => Theories | undefined;
  readonly later: (request: PropagationRequest) => Promise<Theories>;
}

/** What of a module in this thread is needed here. */
type Answers = Pick<Near, "answer">;

const labelsOf = (rows: readonly { readonly label: string }[] | undefined) =>
  rows?.map(({ label }) => label);

export class PageTheories implements TheorySource {
  private near: Answers | undefined;
  private coming: Promise<void> | undefined;

  constructor(
    private readonly open: () => Promise<Answers> = nearEngine,
    private readonly engine: () => Engine = quickEngine,
  ) {}

  /** Brings what answers, so that the first question finds it ready. A page without it has the worker. */
  ready(): Promise<void> {
    this.coming ??= this.open().then(
      (near) => void (this.near = near),
      () => this.engine().warmUp(),
    );
    return this.coming;
  }

  readonly now = (request: PropagationRequest): Theories | undefined => {
    const { near } = this;
    const results = near?.answer("meanField", request);
    if (!near || !results) return undefined;
    if (!hasNet(request)) return { results, labels: undefined };
    const [plan] = near.answer("plan", planRequest(request)) ?? [];
    return plan && { results, labels: labelsOf(plan.result.rows) };
  };

  readonly later = async (request: PropagationRequest): Promise<Theories> => {
    if (!this.near) {
      await this.ready();
      const theories = this.now(request);
      if (theories) return theories;
    }
    const engine = this.engine();
    const results = engine.run("meanField", request);
    const planned = hasNet(request) ? planOf(engine, request) : undefined;
    // Both are waited for at once: where both fail, both are heard.
    const [said, plan] = await Promise.all([results, planned]);
    return { results: said, labels: labelsOf(plan?.rows) };
  };
}
