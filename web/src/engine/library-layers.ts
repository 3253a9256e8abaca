/** The npm API's requests for layers and gains, as the core's flat specs. */
import { data, formulas } from "../generated/layers.js";
import { programs } from "../generated/programs.js";
import type { ModelFields } from "../generated/request-types.js";
import { catalogue } from "./catalogue.js";
import type {
  Activation,
  Catalogue as CommonCatalogue,
  LibraryLayer,
  LibraryLayerId,
  Scheme,
} from "./catalogue.js";
import { recordOf, recordsOf } from "./caller/records.js";
import { refusal } from "./caller/refusal.js";
import type { Issue } from "./errors.js";
import { checkFields, ownField, unknownFields } from "./request.js";
import { shown } from "./shown.js";
import type { FlatSpec } from "./spec.js";

/** Every layer: apart from the catalogue, for a page needs them only where a layer is chosen. */
export const libraryLayers = data as unknown as readonly LibraryLayer[];

/** What the npm API knows of: schemes, activations with their formulas, fields, and the layers as well. */
export interface Catalogue extends CommonCatalogue {
  readonly activations: readonly (Activation & { readonly formulaMathml: string })[];
  /** With Python for other libraries, `@name` for parameters and facts in it; "" where they have none. */
  readonly schemes: readonly (Scheme & {
    readonly code: Readonly<Record<"torch" | "keras" | "jax", string>>;
  })[];
  readonly layers: readonly LibraryLayer[];
}

/** A copy of it all. */
export function wholeCatalogue(): Catalogue {
  const activations = catalogue.activations.map((activation) => ({
    ...activation,
    formulaMathml: formulas[activation.id],
  }));
  const schemes = catalogue.schemes.map((scheme) => ({ ...scheme, code: programs[scheme.id] }));
  return structuredClone({ ...catalogue, activations, schemes, layers: libraryLayers });
}

/** Null and undefined are arguments that are left out. */
export type LibraryLayerArguments = Readonly<
  Record<string, number | string | boolean | readonly number[] | null | undefined>
>;

/** One layer with its arguments, named as in the library. */
export interface LayerRequest extends ModelFields {
  readonly layer: LibraryLayerId;
  readonly args?: LibraryLayerArguments;
}

/** Layers made one after the other; their parameters' names begin with the layer's number. */
export interface ModelRequest extends ModelFields {
  readonly layers: readonly {
    readonly layer: LibraryLayerId;
    readonly args?: LibraryLayerArguments;
  }[];
}

/** Fields of a model or a layer beside those that say what it is made of. */
function flattenCommon(given: object, beside: readonly string[], issues: Issue[]): FlatSpec {
  const fields = catalogue.requests.model;
  unknownFields(given, [...beside, ...fields.map(({ id }) => id as string)], "", issues);
  return checkFields(fields, given, "", issues);
}

/** A layer with its arguments. `prefix` is what the path of its fields begins with. */
function flattenLayer(
  given: object,
  framework: unknown,
  prefix: string,
  issues: Issue[],
): FlatSpec {
  const known = libraryLayers.filter((layer) => layer.framework === framework);
  const id = ownField(given, "layer");
  const found = known.find((layer) => layer.id === id);
  if (!found) {
    const allowed = known.map((layer) => layer.id).join(", ");
    issues.push({ field: `${prefix}layer`, value: shown(id), reason: "not_a_choice", allowed });
    return {};
  }
  const args = recordOf(ownField(given, "args") ?? {}, `${prefix}args`);
  const own = checkFields(found.fields, args, `${prefix}args.`, issues);
  const fieldIds = found.fields.map((field) => field.id as string);
  const inert = found.inert.trim().split(" ");
  unknownFields(args, [...fieldIds, ...inert], `${prefix}args.`, issues);
  // The others draw nothing and stay here; a type of number that draws otherwise is the core's to
  // refuse.
  const dtype = ownField(args, "dtype") ?? undefined;
  return inert.includes("dtype") && dtype !== undefined
    ? { layer: found.id, ...own, dtype: shown(dtype) }
    : { layer: found.id, ...own };
}

interface FlatModel {
  readonly model: FlatSpec;
  readonly layers: readonly FlatSpec[];
}

/** Checks and completes a request for layers. Throws an InitscopeError. */
export function flattenModel(request: object): FlatModel {
  const issues: Issue[] = [];
  const model = flattenCommon(request, ["layers"], issues);
  const layers = recordsOf(request, "layers").map((layer, i) => {
    const prefix = `layers.${i}.`;
    unknownFields(layer, ["layer", "args"], prefix, issues);
    return flattenLayer(layer, model["framework"], prefix, issues);
  });
  if (issues.length > 0) throw refusal(issues);
  return { model, layers };
}

/** Checks and completes a request for one layer: a model of it alone. Throws an InitscopeError. */
export function flattenSingle(request: object): FlatModel {
  const issues: Issue[] = [];
  const model = flattenCommon(request, ["layer", "args"], issues);
  const layer = flattenLayer(request, model["framework"], "", issues);
  if (issues.length > 0) throw refusal(issues);
  return { model, layers: [layer] };
}

/** What a field of the only layer of a model is called in the request for it: its size, the arguments. */
export function inSingle(field: string): string {
  return field === "layers.0" ? "args" : field.replace(/^layers\.0\./, "");
}

/** Throws an InitscopeError where torch.nn.init.calculate_gain would raise an error. */
export function checkGain(nonlinearity: unknown, parameter: unknown): void {
  const names = catalogue.gains.map(({ id }) => id);
  const issues: Issue[] = [];
  if (typeof nonlinearity !== "string" || !names.includes(nonlinearity))
    issues.push({
      field: "nonlinearity",
      value: shown(nonlinearity),
      reason: "not_a_choice",
      allowed: names.join(", "),
    });
  if (typeof parameter !== "number" || !Number.isFinite(parameter))
    issues.push({
      field: "parameter",
      value: shown(parameter),
      reason: "not_a_number",
      allowed: "finite",
    });
  if (issues.length > 0) throw refusal(issues);
}
