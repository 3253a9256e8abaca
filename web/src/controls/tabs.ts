/** A row of schemes, of which one is looked at; nothing where there is but one. */
import { html, nothing } from "lit";
import { SLOT_MARKS } from "../slots.js";

export function schemeTabs(
  schemes: readonly { readonly slot: number; readonly name: string }[],
  selected: number,
  choose: (position: number) => void,
) {
  if (schemes.length < 2) return nothing;
  return schemes.map(
    ({ slot, name }, i) =>
      html`<button
        class="link named slot-${slot}"
        aria-pressed=${i === selected ? "true" : "false"}
        @click=${() => choose(i)}
      >
        ${SLOT_MARKS[slot]} ${name}
      </button>`,
  );
}
