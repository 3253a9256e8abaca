// What can be asked for, as TypeScript: a type for each kind of request, whose members say what the catalogue
// says of the field, and the table of the jobs that answer them.

const HEAD =
  "// Written by web/scripts/request-types.mjs from the core's catalogue. Do not edit.\n";

const pascal = (id) => id[0].toUpperCase() + id.slice(1);
const literals = (ids) => ids.map((id) => JSON.stringify(id)).join(" | ");
const requestType = (id) => `${pascal(id)}Request`;

/** Makes a doc comment of its lines. */
function comment(lines, indent = "  ") {
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

function typeOf({ id, kind, choices }) {
  switch (kind) {
    case "number":
    case "integer":
      return "number";
    case "choice":
      return id === "activation" ? "ActivationId" : literals(choices);
    case "seed":
    case "text":
      return "string";
    case "shape":
      return "readonly number[]";
    case "scheme":
      return "SchemeRequest";
    default:
      throw new Error(`${id} is of the kind ${kind}, which has no type`);
  }
}

/** What the field takes; "" where its type says it. */
function rangeOf(field, { seed }) {
  const { kind, min, max, leastRank, mostRank } = field;
  switch (kind) {
    case "number":
      return `A number from ${min} to ${max}`;
    case "integer":
      return `A whole number from ${min} to ${max}`;
    case "seed":
      return `A whole number from ${seed.least} to ${seed.most}`;
    case "text":
      return `A text of at most ${max} bytes`;
    case "shape":
      return `${leastRank} to ${mostRank} whole numbers, each from ${min} to ${max}`;
    default:
      return "";
  }
}

/** A scheme as its type takes it. */
function written(scheme) {
  const members = Object.entries(scheme).map(([id, value]) => `${id}: ${JSON.stringify(value)}`);
  return `{ ${members.join(", ")} }`;
}

/** What holds where the field is left out. */
const defaultOf = (field) =>
  field.kind === "scheme"
    ? written({ scheme: field.default })
    : JSON.stringify(field.default).replaceAll(",", ", ");

/** Lines of a field's doc comment: what it is, what it takes, what holds where it is left out. */
function docOf(field, request, catalogue) {
  if (!field.doc) throw new Error(`${request}.${field.id} has no sentence in docs.cpp`);
  const symbol = field.symbol ? ` Symbol: \`${field.symbol}\`.` : "";
  const otherwise = field.required
    ? "must be given"
    : field.follows
      ? `left out, \`${field.follows}\` says what holds`
      : `by default ${defaultOf(field)}`;
  const range = rangeOf(field, catalogue);
  const facts = range ? `${range}; ${otherwise}.` : `${pascal(otherwise)}.`;
  return [field.doc + symbol, facts];
}

function memberOf(field, request, catalogue) {
  const optional = field.follows ? ["?", " | undefined"] : ["", ""];
  return `${comment(docOf(field, request, catalogue))}  readonly ${field.id}${optional[0]}: ${typeOf(field)}${optional[1]};\n`;
}

/** A scheme as a reader writes it: its id, or with parameters that are not its defaults. */
const given = (scheme) => (Object.keys(scheme).length === 1 ? scheme.scheme : scheme);

function interfaceOf(job, catalogue) {
  const { limits, requests } = catalogue;
  const schemes = job.schemes.map(written).join(", ");
  const members = requests[job.request]
    .filter(({ id }) => id !== "scheme")
    .map((field) => memberOf(field, job.id, catalogue));
  const compared = [
    `Schemes that are compared.`,
    `1 to ${limits.mostSchemes}; by default ${schemes}.`,
  ];
  const data = job.data
    ? `${comment([job.data])}  readonly data?: Float32Array | undefined;\n`
    : "";
  return `${comment([job.doc], "")}export interface ${requestType(job.id)} {
${comment(compared)}  readonly schemes: readonly SchemeRequest[];
${members.join("")}${data}}
`;
}

/** A field as a caller may write it: a list of one as its element, a seed as a number. */
function givenMember(field, request, catalogue) {
  const required = field.id === "shape";
  const given = { shape: "number | readonly number[] | null", seed: "string | number | bigint" };
  const type = field.follows || field.kind === "seed" ? given[field.kind] : typeOf(field);
  const doc = docOf({ ...field, required }, request, catalogue);
  return `${comment(doc)}  readonly ${field.id}${required ? "" : "?"}: ${type};\n`;
}

/** The members of a request that is no job, but for its scheme. */
const givenMembers = (request, catalogue) =>
  catalogue.requests[request]
    .filter(({ id }) => id !== "scheme")
    .map((field) => givenMember(field, request, catalogue))
    .join("");

/** The types of all requests that run as jobs, of a tensor's and of a model's. */
export function requestTypes(catalogue) {
  const { jobs } = catalogue;
  const own = jobs.filter(({ id, request }) => id === request);
  const members = jobs.map(
    ({ id, request, doc }) => `${comment([doc])}  ${id}: ${requestType(request)};\n`,
  );
  const calls = jobs.map(({ id, call, doc }) => `${comment([doc])}  ${call}: "${id}";\n`);
  return `${HEAD}import type { ActivationId, SchemeId } from "./catalogue.js";

/** A scheme with its parameters; in a complete request none is missing. */
export interface SchemeRequest {
  readonly scheme: SchemeId;
  readonly [parameter: string]: number | string;
}

/** A tensor, but for its scheme: its shape, and where in the stream it is. */
export interface TensorFields {
${givenMembers("initialize", catalogue)}}

/** Layers to draw, but for the layers: whose they are, and their random numbers. */
export interface ModelFields {
${givenMembers("model", catalogue)}}

${own.map((job) => interfaceOf(job, catalogue)).join("\n")}
/** What each kind of job is asked. */
export interface Requests {
${members.join("")}}

/** Requests that run as jobs and compare schemes. */
export type JobKind = keyof Requests;
/** Kinds whose jobs go on side by side and show frames on the way. */
export type RaceKind = ${literals(jobs.filter(({ race }) => race).map(({ id }) => id))};

/** The kind of job that each function of the package runs. */
export interface Calls {
${calls.join("")}}
`;
}

/** What is known of the kinds of jobs when they are asked for; of races the worker knows, too. */
export function jobTable({ jobs }) {
  const rows = jobs.map(({ id, request, data, schemes }) => [
    id,
    { request, takesData: data !== "", schemes: schemes.map(given) },
  ]);
  const races = jobs.filter(({ race }) => race).map(({ id }) => id);
  const calls = jobs.map(({ id, call }) => [call, id]);
  const later = jobs
    .filter((job) => Object.keys(job.later).length > 0)
    .map((job) => [job.id, job.later]);
  return `${HEAD}export const races = ${JSON.stringify(races)} as const;
export const jobs = ${JSON.stringify(Object.fromEntries(rows), null, 1)} as const;
export const later = ${JSON.stringify(Object.fromEntries(later))} as const;
export const calls = ${JSON.stringify(Object.fromEntries(calls), null, 1)} as const;
`;
}
