/** The verdict's words as they are for a net, whose blocks have labels. */
import type { NetWords } from "../../../i18n/net-figures.en.js";
import type { Words } from "../../../i18n/verdict.en.js";
import type { Blocks } from "./blocks.js";

/** Layers that the reading counts are places on the net's way; others are rows. */
export function netVerdictWords(words: Words, net: NetWords, { way, at, trunk }: Blocks): Words {
  const said = net.verdict;
  /** Place 0 is what the first block of the way takes in. */
  const on = (place: number) => at(place === 0 ? (way[0] ?? 0) : (way[place - 1] ?? 0) + 1);
  return {
    ...words,
    signal: trunk ? said.trunk : words.signal,
    ways: {
      signal: (depth) => said.path(on(0), on(depth)),
      gradient: (depth) => said.path(on(depth), on(1)),
    },
    zero: {
      ...words.zero,
      signal: (place) => said.lost(on(place)),
      gradient: (place) => said.gradientLost(on(place), on(1)),
    },
    notFinite: {
      signal: (place) => said.explodes(on(place)),
      gradient: (place) => said.gradientExplodes(on(place), on(1)),
    },
    underflows: (row) => said.underflows(at(row)),
    expected: (row) => said.expected(at(row)),
    alike: (from, to, depth) => said.alike(from, on(1), to, on(depth)),
    correlates: (from, to, depth) => said.correlates(from, on(1), to, on(depth)),
    part: (from, to, depth) => said.part(from, on(1), to, on(depth)),
    remedy: said.remedy,
    further: said.further,
    nothing: said.nothing,
  };
}
