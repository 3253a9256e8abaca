/** Schemes that have no tensor of a rank: the page says of each what the core would say. */
import { afterAll, expect, it } from "vitest";
import { requestField, schemesFor } from "../../../web/src/engine/catalogue.js";
import { InitscopeError } from "../../../web/src/engine/errors.js";
import { checkRequest } from "../../../web/src/engine/request.js";
import { fitsRank, isRankIssue, rankIssues } from "../../../web/src/labs/distribution/ranks.js";
import { localEngine } from "./support.js";

const engine = localEngine();
afterAll(() => engine.close());

const shapes = [[16], [16, 16], [16, 16, 3], [16, 16, 3, 3], [8, 8, 3, 3, 3, 2]];

it.each(shapes)("as the core has it, of every scheme: %j...", async (...shape) => {
  let refused = 0;
  for (const { id } of schemesFor(requestField("distribution", "scheme"))) {
    const { request } = checkRequest("distribution", { shape, schemes: [id], samples: 10 });
    const [own] = rankIssues(request);
    const [scheme] = request.schemes;
    if (!scheme) expect.fail("no scheme");
    expect(own === undefined).toBe(fitsRank(scheme, request.shape));
    const error = await engine.run("distribution", request).then(
      () => undefined,
      (why: unknown) => why,
    );
    const core = error instanceof InitscopeError ? error.issues : [];
    const ofRank = core.find(({ reason }) => reason === "not_of_rank");
    expect(own && { ...own, field: "shape" }, id).toEqual(ofRank);
    if (own) {
      expect(isRankIssue(own)).toBe(true);
      ++refused;
    }
  }
  if (shape.length === 1) expect(refused).toBeGreaterThan(10); // not vacuous
});

it("an issue of another field is none of rank", () => {
  for (const field of ["shape", "schemes.0", "schemes.0.a", "bias.shape"])
    expect(isRankIssue({ field, value: "", reason: "not_of_rank", allowed: "" })).toBe(false);
});
