/**
 * ONNX: the initializers of a graph and the values of its Constant nodes, also in the bodies of If and
 * Loop and in functions. Nothing tells its files but that they are Protobuf with a graph.
 */
import type { TensorEntry } from "./entry.js";
import type { Format } from "./format.js";
import { Names } from "./names.js";
import { ProtoFile, WIRE } from "./onnx-fields.js";
import type { Field } from "./onnx-fields.js";
import { addPair, dimsOf, entryOf, extentOf } from "./onnx-tensors.js";
import type { Found } from "./onnx-tensors.js";
import { Refusal, byteAt } from "./refusal.js";
import { refuseUnread } from "./unread.js";
import { storedEntry } from "./values.js";

/** Fields of the messages on the way to a tensor. */
const MODEL = { version: 1, producer: 2, graph: 7, properties: 14, functions: 25 };
const GRAPH = { node: 1, initializer: 5, sparse: 15 };
const FUNCTION = { node: 7 };
const NODE = { output: 2, type: 4, attribute: 5 };
const ATTRIBUTE = { tensor: 5, graph: 6, graphs: 11 };
const SPARSE = { values: 1, dims: 3 };

/** Graphs within graphs. */
const MOST_DEPTH = 64;
const MOST_TENSORS = 1_000_000;
/** Texts of a model. */
const MOST_TEXTS = 10_000;

/** Of a version of the format, which is the first field: one byte, far below this. */
const MOST_VERSION = 64;

class Walk {
  readonly tensors: TensorEntry[] = [];
  private readonly names: Names;

  constructor(
    private readonly found: Found,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.names = new Names(found.file.source.name);
  }

  /** A graph; its own names are unique, those of two branches need not be. */
  async graph(message: Field, depth: number): Promise<void> {
    const { file } = this.found;
    if (depth > MOST_DEPTH) file.refuse("depth", byteAt(message.begin), `${depth} > ${MOST_DEPTH}`);
    const own = new Set<string>();
    for await (const field of file.fields(message.begin, message.end)) {
      if (field.wire !== WIRE.bytes) continue;
      if (field.id === GRAPH.initializer) await this.tensor(field, own, "");
      else if (field.id === GRAPH.sparse) await this.sparse(field, own);
      else if (field.id === GRAPH.node) await this.node(field, own, depth);
    }
  }

  /** The nodes of a function of the model. */
  async body(message: Field): Promise<void> {
    const own = new Set<string>();
    for await (const field of this.found.file.fields(message.begin, message.end))
      if (field.id === FUNCTION.node && field.wire === WIRE.bytes) await this.node(field, own, 0);
  }

  private async node(message: Field, own: Set<string>, depth: number): Promise<void> {
    const { file } = this.found;
    const attributes: Field[] = [];
    let output: string | undefined;
    let type = "";
    for await (const field of file.fields(message.begin, message.end)) {
      if (field.id === NODE.output) output ??= await file.text(field);
      else if (field.id === NODE.type) type = await file.text(field);
      else if (field.id === NODE.attribute && field.wire === WIRE.bytes) attributes.push(field);
    }
    for (const { begin, end } of attributes)
      for await (const field of file.fields(begin, end)) {
        if (field.wire !== WIRE.bytes) continue;
        if (field.id === ATTRIBUTE.tensor && type === "Constant")
          await this.tensor(field, own, output ?? "");
        else if (field.id === ATTRIBUTE.graph || field.id === ATTRIBUTE.graphs)
          await this.graph(field, depth + 1);
      }
  }

  /** A sparse tensor is listed under the name of its values, with the shape that it has with its zeros. */
  private async sparse(message: Field, own: Set<string>): Promise<void> {
    const { file } = this.found;
    const dims: bigint[] = [];
    let values: TensorEntry | undefined;
    for await (const field of file.fields(message.begin, message.end)) {
      if (field.id === SPARSE.dims) dims.push(...(await dimsOf(file, field, dims.length)));
      if (field.id === SPARSE.values && field.wire === WIRE.bytes)
        values = await this.entry(field, own, "");
    }
    if (!values) return;
    const { source } = file;
    const { name, dtype } = values;
    const unread = new Refusal("unsupported", source.name, name, "sparse");
    const shape = dims.map(extentOf);
    this.tensors.push(storedEntry({ name, shape, dtype, source, begin: 0, unread }));
  }

  /** `name` is that of a Constant's output, or empty where the tensor has its own. */
  private async tensor(message: Field, own: Set<string>, name: string): Promise<void> {
    this.tensors.push(await this.entry(message, own, name));
  }

  private async entry(message: Field, own: Set<string>, name: string): Promise<TensorEntry> {
    this.signal?.throwIfAborted();
    const { file } = this.found;
    const { length } = this.tensors;
    if (length >= MOST_TENSORS) file.refuse("limit", byteAt(message.begin), `> ${MOST_TENSORS}`);
    return entryOf(this.found, message, (inside) => {
      const whole = name || inside || `initializer ${length}`;
      if (own.has(whole)) file.refuse("duplicate_name", byteAt(message.begin), whole);
      own.add(whole);
      return this.names.unique(whole);
    });
  }
}

export const onnx: Format = {
  id: "onnx",
  namesOthers: true,

  recognise: ([key, version = 0]) => key === 8 && version > 0 && version < MOST_VERSION,

  async read(source, shelf, signal) {
    const file = new ProtoFile(source);
    const walk = new Walk({ file, shelf }, signal);
    const metadata = new Map<string, string>();
    const ids = new Set<number>();
    for await (const field of file.fields(0, source.size)) {
      ids.add(field.id);
      if (field.id === MODEL.graph && field.wire === WIRE.bytes) await walk.graph(field, 0);
      else if (field.id === MODEL.functions && field.wire === WIRE.bytes) await walk.body(field);
      else if (field.id === MODEL.properties && metadata.size < MOST_TEXTS)
        await addPair(file, field, metadata);
    }
    if (!ids.has(MODEL.graph)) {
      // TensorFlow's SavedModel is a version and graphs of its own kind.
      const isOfTensorFlow = ids.size === 2 && ids.has(MODEL.version) && ids.has(MODEL.producer);
      file.refuse(isOfTensorFlow ? "saved_model" : "unknown_format", byteAt(0), "");
    }
    refuseUnread(walk.tensors);
    return { tensors: walk.tensors, metadata };
  },
};
