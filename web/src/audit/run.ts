/** An audit from its files to its answer, in whichever thread it is. */
import { blockOf } from "../checkpoint/dtypes.js";
import type { Checkpoint, DType, TensorEntry } from "../checkpoint/entry.js";
import { readCheckpoint } from "../checkpoint/read.js";
import { Refusal } from "../checkpoint/refusal.js";
import { blobSource } from "../checkpoint/source.js";
import type { ListedTensor, Module, ModuleAudit } from "../engine/module.js";
import type { TensorReport } from "../engine/results.js";
import { nextTask } from "../engine/task.js";
import { refusalText } from "../i18n/checkpoint.js";
import type { Audit, AuditedTensor, FileRefusal } from "./answer.js";
import type { ChosenFile } from "./protocol.js";

export interface Told {
  progress(share: number): void;
  tensor(tensor: AuditedTensor, place: number): void;
}

/** How long pieces are read before whoever waits has a turn, in milliseconds. */
const SLICE = 12;
/** Of the whole, the share in which values are read. */
const READING = 0.95;

/** A refusal as data, with its sentences. */
export function toFileRefusal(refusal: Refusal): FileRefusal {
  const { code, file, place, value } = refusal;
  const text = { en: refusalText(refusal, "en"), zh: refusalText(refusal, "zh") };
  return { code, file, place, value, text };
}

/** How a file's numbers came to be those of its pieces. */
function storageOf(dtype: DType): ListedTensor["storage"] {
  if (/^(F16|BF16|F32|F64)$/.test(dtype)) return "floats";
  return /^([IU]\d+|BOOL)$/.test(dtype) ? "integers" : "quantized";
}

/** Bytes of a tensor's values in its file. */
function bytesIn({ count, dtype }: TensorEntry): number {
  const { values, bytes } = blockOf(dtype);
  return (count / values) * bytes;
}

/** A tensor in the list of all checkpoints. */
interface Listed {
  readonly entry: TensorEntry;
  readonly name: string;
  readonly tiedTo: string | null;
  /** Bytes of what is read of it: its share of the progress. */
  readonly weight: number;
}

/** All tensors in one list, and as the core has them. */
function list(checkpoints: readonly Checkpoint[]): [Listed[], ListedTensor[]] {
  const places = new Map<string, number>();
  const all = checkpoints.flatMap(({ files, tensors }) => {
    const [first = ""] = files;
    const inModel = (name: string) => (checkpoints.length > 1 ? `${first}/${name}` : name);
    return tensors.map((entry): Listed => {
      const tiedTo = entry.tiedTo === null ? null : inModel(entry.tiedTo);
      const read = entry.unread === null && entry.tiedTo === null;
      const weight = read ? bytesIn(entry) : 0;
      return { entry, name: inModel(entry.name), tiedTo, weight };
    });
  });
  const listed = all.map(({ entry, name, tiedTo }, i): ListedTensor => {
    places.set(name, i);
    const { shape, dtype, layout } = entry;
    const tied = tiedTo === null ? null : (places.get(tiedTo) ?? null);
    return { name, shape, dtype, layout, storage: storageOf(dtype), tiedTo: tied };
  });
  return [all, listed];
}

/** Reads the tensors of files one after the other, and hands them to the core. */
class Run {
  private done = 0;
  private resting = performance.now();

  constructor(
    private readonly audit: ModuleAudit,
    private readonly told: Told,
    private readonly signal: AbortSignal,
    private readonly total: number,
  ) {}

  /** Gives others a turn now and then; throws the signal's reason once it is aborted. */
  private async pause(): Promise<void> {
    if (performance.now() - this.resting > SLICE) {
      await nextTask();
      this.resting = performance.now();
    }
    this.signal.throwIfAborted();
  }

  /** Hands over all pieces of a tensor. Why it could not, or null. */
  private async read({ entry, weight }: Listed): Promise<FileRefusal | null> {
    let begun = false;
    let bytes = 0;
    try {
      if (entry.unread) throw entry.unread;
      if (entry.tiedTo !== null) return null;
      for await (const piece of entry.pieces(this.signal)) {
        if (!begun) this.audit.begin(piece.kind);
        begun = true;
        this.audit.add(piece.bytes);
        bytes += piece.bytes.length;
        const whole = entry.count * { f64: 8, f32: 4, f16: 2, bf16: 2 }[piece.kind];
        this.tell(this.done + weight * Math.min(1, bytes / whole));
        await this.pause();
      }
      return null;
    } catch (error) {
      if (error instanceof Refusal) return toFileRefusal(error);
      throw error;
    } finally {
      if (!begun) this.audit.begin("f32");
      this.done += weight;
    }
  }

  private tell(done: number): void {
    this.told.progress(this.total > 0 ? (READING * done) / this.total : 0);
  }

  async tensor(listed: Listed): Promise<FileRefusal | null> {
    const unread = await this.read(listed);
    this.tell(this.done);
    await this.pause();
    return unread;
  }
}

/** What a file says of a tensor, beside what the core says. */
function complete(
  report: TensorReport,
  { entry, name, tiedTo }: Listed,
  unread: FileRefusal | null,
): AuditedTensor {
  const { file, layout } = entry;
  return { ...report, name, file, layout, tiedTo, unread };
}

/**
 * Audits what is in the files. Throws a Refusal where they are not read, the signal's reason, or what a
 * module throws that cannot go on.
 */
export async function auditChosen(
  module: Module,
  files: readonly ChosenFile[],
  told: Told,
  signal: AbortSignal,
): Promise<Audit> {
  const sources = files.map(({ name, blob }) => blobSource(name, blob));
  const checkpoints = await readCheckpoint(sources, signal);
  const [all, listed] = list(checkpoints);
  const audit = module.audit(listed);
  try {
    const total = all.reduce((sum, { weight }) => sum + weight, 0);
    const run = new Run(audit, told, signal, total);
    const unread: (FileRefusal | null)[] = [];
    for (const [place, each] of all.entries()) {
      const why = await run.tensor(each);
      unread.push(why);
      told.tensor(complete(audit.finish(), each, why), place);
    }
    const { tensors, ...model } = audit.conclude();
    told.progress(1);
    const formats = new Set(checkpoints.map(({ format }) => format));
    const [format = "several"] = formats;
    return {
      format: formats.size > 1 ? "several" : format,
      files: checkpoints.flatMap((checkpoint) => checkpoint.files),
      ...model,
      tensors: all.map((each, i) => complete(tensors[i] as TensorReport, each, unread[i] ?? null)),
      metadata: new Map(checkpoints.flatMap(({ metadata }) => [...metadata])),
    };
  } finally {
    audit.delete();
  }
}
