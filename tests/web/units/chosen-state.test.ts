// @vitest-environment jsdom
/** A state that a reader chooses whole is seen from its first scheme on, whichever was looked at before. */
import { expect, it, vi } from "vitest";
import { PropagationElement } from "../../../web/src/labs/propagation/element.js";
import { propagationPresets } from "../../../web/src/labs/propagation/state.js";

// jsdom has none, and nothing here has a size.
vi.stubGlobal("ResizeObserver", vi.fn());

class Lab extends PropagationElement {
  choosePreset(text: string) {
    this.chooseState(text);
  }
  /** The scheme whose verdict is shown, of these. */
  seenOf(names: readonly string[]): string | undefined {
    const look = (name: string, slot: number) => ({ slot, name }) as never;
    return (this as unknown as { chosen: (shown: unknown) => { name: string } | undefined }).chosen(
      names.map(look),
    )?.name;
  }
}
customElements.define("lab-of-test", Lab);

it("a preset shows its first scheme, though the third of another state was looked at", () => {
  const lab = new Lab();
  lab.state = propagationPresets.tanh;
  const names = ["first", "second", "third"];
  expect(lab.seenOf(names)).toBe("first");
  (lab as unknown as { choose: (position: number) => void }).choose(2);
  // Control: an edit leaves the reader where he is.
  lab.load(propagationPresets.siren);
  expect(lab.seenOf(names)).toBe("third");
  lab.choosePreset(propagationPresets.relu);
  expect(lab.seenOf(names)).toBe("first");
  expect(lab.state).toContain("v=1");
});
