/** A propagation as the lab's figures take it. */
import { expect } from "vitest";
import type { Engine } from "../../../web/src/engine/client.js";
import { checkRequest } from "../../../web/src/engine/request.js";

/** Schemes are named by their slots, S0 and on, unless otherwise said. */
export async function propagatedBy(
  engine: Engine,
  given: object,
  nameOf: (scheme: string, slot: number) => string = (_, slot) => `S${slot}`,
) {
  const { request, issues } = checkRequest("propagation", given);
  expect(issues).toEqual([]);
  const answers = await engine.run("propagation", request);
  const shown = answers.map(({ scheme, result }, slot) => ({
    slot,
    name: nameOf(scheme.scheme, slot),
    scheme,
    result,
  }));
  return { request, shown };
}
