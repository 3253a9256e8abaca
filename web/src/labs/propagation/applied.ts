/** Cures that were applied, so that each can be taken back as long as the state is what it made. */
import type { PropagationRequest, SchemeRequest } from "../../engine/request.js";
import { formatState } from "../../engine/url.js";
import type { Effect } from "./verdict/index.js";

/** What a cure takes the place of. */
type Before = Pick<PropagationRequest, "schemes" | "bias" | "net" | "widths" | "omega_0">;

export interface Application {
  /** The state that it made, and which of its schemes was looked at. */
  readonly state: string;
  readonly position: number;
  readonly name: string;
  readonly before: Before;
  /** The scheme that was there, and what it did. */
  readonly scheme: SchemeRequest;
  readonly effect: Effect;
}

export class Applied {
  private readonly all: Application[] = [];

  add(application: Application): void {
    this.all.push(application);
  }

  /** The last that made this state, where its scheme is looked at. */
  of(request: PropagationRequest, position: number): Application | undefined {
    if (this.all.length === 0) return undefined;
    const state = formatState("propagation", request);
    return this.all.findLast((one) => one.state === state && one.position === position);
  }
}
