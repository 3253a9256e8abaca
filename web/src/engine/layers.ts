/** The npm API's requests for layers and gains, as the core's flat specs. */
import { data } from "../generated/layers.js";
import { catalogue } from "./catalogue.js";
import type { Catalogue as CommonCatalogue, Layer, LayerId } from "./catalogue.js";
import { issuesError } from "./errors.js";
import type { Issue } from "./errors.js";
import { checkFields, show, unknownFields } from "./request.js";
import type { FlatSpec } from "./spec.js";

/** Every layer: apart from the catalogue, for a page needs them only where a layer is chosen. */
export const allLayers = data as unknown as readonly Layer[];

/** What the npm API knows of: schemes, activations, fields, and the layers as well. */
export interface Catalogue extends CommonCatalogue {
  readonly layers: readonly Layer[];
}

/** Null and undefined are arguments that are left out. */
export type LayerArguments = Readonly<
  Record<string, number | string | boolean | readonly number[] | null | undefined>
>;

interface ModelOptions {
  /** Whose layers and defaults; PyTorch's unless given. */
  readonly framework?: "torch" | "keras";
  /** "torch": the numbers of PyTorch after torch.manual_seed(seed), bit for bit. */
  readonly generator?: "initscope" | "torch";
  readonly seed?: string | number | bigint;
}

/** One layer with its arguments, named as in the library. */
export interface LayerRequest extends ModelOptions {
  readonly layer: LayerId;
  readonly args?: LayerArguments;
}

/** Layers made one after the other; their parameters' names begin with the layer's number. */
export interface ModelRequest extends ModelOptions {
  readonly layers: readonly { readonly layer: LayerId; readonly args?: LayerArguments }[];
}

/** Checks and completes a request. Throws an InitscopeError. */
export function flattenModel(request: ModelRequest): {
  model: FlatSpec;
  layers: readonly FlatSpec[];
} {
  const issues: Issue[] = [];
  const { layers: given, ...rest } = request;
  const fields = catalogue.requests.model;
  const model = checkFields(fields, rest, "", issues);
  unknownFields(
    rest,
    fields.map(({ id }) => id as string),
    "",
    issues,
  );
  const known = allLayers.filter(({ framework }) => framework === model["framework"]);
  const layers = given.map(({ layer, args }, i) => {
    const prefix = `layers.${i}.`;
    const found = known.find(({ id }) => id === layer);
    if (!found) {
      const allowed = known.map(({ id }) => id).join(", ");
      const value = layer as string;
      issues.push({ field: `${prefix}layer`, value, reason: "not_a_choice", allowed });
      return {};
    }
    const own = checkFields(found.fields, args ?? {}, prefix, issues);
    const fieldIds = found.fields.map(({ id }) => id as string);
    const inert = found.inert.trim().split(" ");
    unknownFields(args ?? {}, [...fieldIds, ...inert], prefix, issues);
    // The others draw nothing and stay here; a type of number that draws otherwise is the core's to
    // refuse.
    const { dtype } = args ?? {};
    return inert.includes("dtype") && dtype != null
      ? { layer, ...own, dtype: String(dtype) }
      : { layer, ...own };
  });
  if (issues.length > 0) throw issuesError(issues, catalogue.reasons);
  return { model, layers };
}

/** Throws an InitscopeError where torch.nn.init.calculate_gain would raise an error. */
export function checkGain(nonlinearity: unknown, parameter: unknown): void {
  const names = catalogue.gains.map(({ id }) => id);
  const issues: Issue[] = [];
  if (typeof nonlinearity !== "string" || !names.includes(nonlinearity))
    issues.push({
      field: "nonlinearity",
      value: show(nonlinearity),
      reason: "not_a_choice",
      allowed: names.join(", "),
    });
  if (typeof parameter !== "number" || !Number.isFinite(parameter))
    issues.push({
      field: "parameter",
      value: show(parameter),
      reason: "not_a_number",
      allowed: "finite",
    });
  if (issues.length > 0) throw issuesError(issues, catalogue.reasons);
}
