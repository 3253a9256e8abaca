/** The playground's address: which lab is open, and its state, behind #. Pure; anything may come in. */
import { isLab } from "./labs.js";
import type { Lab } from "./labs.js";

/** The part of an address behind #, with it. The first lab goes without its name. */
export function hashOf(lab: Lab, state: string): string {
  return lab === "propagation" ? `#${state}` : `#lab=${lab}&${state}`;
}

/** Which lab an address asks for, the first where it names none, and the lab's state text. */
export function readHash(hash: string): { readonly lab: Lab; readonly state: string } {
  const text = hash.slice(1);
  const named = /(?:^|&)lab=([^&]*)/.exec(text)?.[1];
  return {
    lab: isLab(named) ? named : "propagation",
    state: text.replace(/(?:^|&)lab=[^&]*/, "").replace(/^&/, ""),
  };
}
