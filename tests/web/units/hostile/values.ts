/** Values that no caller means to hand over, and some that one may: what a program can go wrong by. */

export interface Hostile {
  readonly name: string;
  /** A fresh one for each call. */
  readonly make: () => unknown;
  /**
   * What it is by: no plain data, which every field refuses unless one is made for it, or data, which
   * a field may take.
   */
  readonly kind: "data" | "function" | "floats" | "bytes" | "file" | "signal" | "alien";
}

class Instance {
  readonly scheme = "normal";
}

class LyingFloats extends Float32Array {
  override get length(): number {
    return 7;
  }
}

class LyingBlob extends Blob {
  override get size(): number {
    return 2 ** 40;
  }
  override slice(): Blob {
    throw new RangeError("a trap of the test's");
  }
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; ++i) value = [value];
  return value;
}

function cyclicList(): unknown {
  const list: unknown[] = [1];
  list.push(list);
  return list;
}

function cyclicObject(): unknown {
  const object: Record<string, unknown> = { scheme: "normal" };
  object["scheme"] = { object };
  return object;
}

function throwing(): never {
  throw new RangeError("a trap of the test's");
}

function proxy(): unknown {
  return new Proxy(
    {},
    { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing },
  );
}

function revoked(): unknown {
  const { proxy: value, revoke } = Proxy.revocable({}, {});
  revoke();
  return value;
}

function detached(): Float32Array {
  const array = Float32Array.of(1, 2);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

function shrunk(): Float32Array {
  const buffer = new (
    ArrayBuffer as unknown as new (
      size: number,
      options: object,
    ) => ArrayBuffer & {
      resize(size: number): void;
    }
  )(16, { maxByteLength: 32 });
  const array = new Float32Array(buffer, 8, 2);
  buffer.resize(4);
  return array;
}

const LONG = 300_000;

const data: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  "0": () => 0,
  "-0": () => -0,
  "1": () => 1,
  "2": () => 2,
  "-1": () => -1,
  "1.5": () => 1.5,
  NaN: () => NaN,
  Infinity: () => Infinity,
  "-Infinity": () => -Infinity,
  "1e308": () => 1e308,
  "5e-324": () => 5e-324,
  "2^31": () => 2 ** 31,
  "2^32": () => 2 ** 32,
  "2^53": () => 2 ** 53,
  "5n": () => 5n,
  "10n^400": () => 10n ** 400n,
  "empty text": () => "",
  blank: () => " ",
  '"1"': () => "1",
  '"1e3"': () => "1e3",
  "a pattern of replace": () => "$& $` $' $1",
  placeholders: () => "{field} {value} {allowed}",
  '"constructor"': () => "constructor",
  '"__proto__"': () => "__proto__",
  '"normal"': () => "normal",
  '"data"': () => "data",
  Chinese: () => "初始化",
  "half a character": () => "\ud83d",
  "a null character": () => "\0",
  "a long text": () => "x".repeat(LONG),
  "a long text of pairs": () => "😀".repeat(LONG / 2),
  "an empty list": () => [],
  "[1]": () => [1],
  "[2, 3]": () => [2, 3],
  "[1, [2]]": () => [1, [2]],
  '["normal"]': () => ["normal"],
  "[undefined]": () => [undefined],
  "a hole": () => Array<unknown>(2),
  "a list of holes": () => Array<unknown>(2 ** 31),
  "a long list": () => Array<number>(5000).fill(-1),
  "a list of nine": () => Array<number>(9).fill(1),
  "an empty object": () => ({}),
  "no prototype": () => Object.create(null) as object,
  "a scheme": () => ({ scheme: "normal", std: 2 }),
  "a field too many": () => ({ scheme: "normal", extra: 1 }),
  "a long name": () => ({ ["y".repeat(LONG)]: 1 }),
  "many names": () => Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`n${i}`, i])),
  "own __proto__": () => JSON.parse('{"__proto__": {"std": 5}, "scheme": "normal"}') as object,
  "own constructor": () => ({ constructor: 1 }),
  frozen: () => Object.freeze({ scheme: "normal" }),
};

const alien: Readonly<Record<string, () => unknown>> = {
  "a symbol": () => Symbol("of the test's"),
  "a cyclic list": cyclicList,
  "a cyclic object": cyclicObject,
  "a deep list": () => nested(20_000),
  "an heir": () => Object.create({ scheme: "normal", std: 5 }) as object,
  "an instance": () => new Instance(),
  "a getter that throws": () => ({
    get scheme() {
      return throwing();
    },
  }),
  "a symbol within": () => [Symbol.iterator],
  "a Map within": () => ({ scheme: new Map() }),
  "a function within": () => [() => 1],
  "a proxy": proxy,
  "a revoked proxy": revoked,
  "a thenable": () => ({ then: (settle: (value: unknown) => void) => settle(1) }),
  "an object of words": () => ({ toString: () => throwing(), valueOf: () => 3 }),
  "a boxed number": () => Object(3) as object,
  "a boxed text": () => Object("normal") as object,
  "a Map": () => new Map([["scheme", "normal"]]),
  "a Set": () => new Set([1]),
  "a WeakMap": () => new WeakMap(),
  "a Date": () => new Date(0),
  "a RegExp": () => /x/g,
  "an Error": () => new Error("x"),
  "a promise": () => Promise.resolve(1),
  "a URL": () => new URL("about:blank"),
  Math: () => Math,
  "the global object": () => globalThis,
  "an ArrayBuffer": () => new ArrayBuffer(8),
  "a DataView": () => new DataView(new ArrayBuffer(8)),
  "an Int32Array": () => Int32Array.of(2, 3),
  "a Float64Array": () => Float64Array.of(1, 2),
  "a BigInt64Array": () => BigInt64Array.of(1n),
  "an heir of a signal": () => Object.create(AbortSignal.prototype) as object,
  "an heir of floats": () => Object.create(Float32Array.prototype) as object,
  "a signal's likeness": () => ({ aborted: false, addEventListener: () => undefined }),
};

const functions: Readonly<Record<string, () => unknown>> = {
  "a function": () => () => 1,
  "a function that throws": () => throwing,
  "a function that rejects": () => () => Promise.reject(new RangeError("a trap of the test's")),
  "a function that throws a symbol": () => () => {
    throw Symbol("of the test's") as unknown;
  },
  "a function that throws what has no words": () => () => {
    throw Object.create(null) as unknown;
  },
  "a class": () => Instance,
};

const floats: Readonly<Record<string, () => unknown>> = {
  "no floats": () => new Float32Array(),
  "two floats": () => Float32Array.of(1, 2),
  "floats that are not finite": () => Float32Array.of(NaN, Infinity),
  "a part of floats": () => new Float32Array(8).subarray(2, 4),
  "shared floats": () => new Float32Array(new SharedArrayBuffer(8)),
  "detached floats": detached,
  "shrunk floats": shrunk,
  "floats that lie": () => new LyingFloats(2),
};

const bytes: Readonly<Record<string, () => unknown>> = {
  "a Uint8Array": () => Uint8Array.of(1, 2),
  "shared bytes": () => new Uint8Array(new SharedArrayBuffer(8)),
};

const files: Readonly<Record<string, () => unknown>> = {
  "a Blob": () => new Blob(["1"]),
  "a Blob that lies": () => new LyingBlob(["1"]),
  "a File": () => new File(["1"], "w.npy"),
};

const signals: Readonly<Record<string, () => unknown>> = {
  "a signal": () => new AbortController().signal,
  "an aborted signal": () => AbortSignal.abort(),
  "an aborted signal with a reason": () => AbortSignal.abort(Symbol("of the test's")),
};

function of(kind: Hostile["kind"], values: Readonly<Record<string, () => unknown>>): Hostile[] {
  return Object.entries(values).map(([name, make]) => ({ name, make, kind }));
}

export const hostileValues: readonly Hostile[] = [
  ...of("data", data),
  ...of("alien", alien),
  ...of("function", functions),
  ...of("floats", floats),
  ...of("bytes", bytes),
  ...of("file", files),
  ...of("signal", signals),
];
