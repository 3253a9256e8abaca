/** Which schemes have a tensor of a shape: most weights' schemes need two extents, biases have one. */
import { schemeOf } from "../../engine/catalogue.js";
import type { Issue } from "../../engine/errors.js";
import type { DistributionRequest, SchemeRequest } from "../../engine/request.js";

export function fitsRank({ scheme }: SchemeRequest, { length: rank }: readonly number[]): boolean {
  const { leastRank, mostRank } = schemeOf(scheme);
  return rank >= leastRank && rank <= mostRank;
}

/** For each scheme that has none, what the core says of it alone. */
export function rankIssues({ schemes, shape }: DistributionRequest): readonly Issue[] {
  return schemes.flatMap((scheme, i) => {
    if (fitsRank(scheme, shape)) return [];
    const { leastRank, mostRank } = schemeOf(scheme.scheme);
    return {
      field: `schemes.${i}.shape`,
      value: String(shape.length),
      reason: "not_of_rank" as const,
      allowed: leastRank === mostRank ? String(leastRank) : `${leastRank}..${mostRank}`,
    };
  });
}

/** Whether an issue is of one scheme and the shape. */
export function isRankIssue({ field }: Issue): boolean {
  return /^schemes\.\d+\.shape$/.test(field);
}
