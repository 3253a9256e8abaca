/** The module's two parts: what wasm-split made of them, and what loads the second. */
import { describe, expect, it } from "vitest";
import { Engine } from "../../../web/src/engine/client.js";
import { flattenInitialize } from "../../../web/src/engine/initialize.js";
import { loadModule } from "../../../web/src/engine/load-module.js";
import { localConnection } from "../../../web/src/engine/local.js";
import { moduleParts } from "./support.js";

/** An engine with another second part. */
function withDeferred(deferred: ArrayBuffer): Engine {
  const parts = { first: moduleParts().first, deferred };
  return new Engine(localConnection(loadModule, () => Promise.resolve(parts)));
}

/** What needs the second part. */
const spectrum = (engine: Engine) =>
  engine.run("matrix", { schemes: [{ scheme: "orthogonal" }], shape: [8, 8] });

/** Whether a function of the module takes or returns a vector. */
function passesVectors(bytes: Uint8Array): boolean {
  const TYPES = 1;
  const FUNCTION = 0x60;
  const VECTOR = 0x7b;
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (bytes[at++] !== TYPES) {
    const size = number();
    at += size;
  }
  number();
  for (let types = number(); types > 0; --types) {
    if (bytes[at++] !== FUNCTION) throw new Error("a type that is no function's");
    for (let lists = 2; lists > 0; --lists) {
      const count = number(); // of parameters, then of results
      if (bytes.subarray(at, at + count).includes(VECTOR)) return true;
      at += count;
    }
  }
  return false;
}

describe("the module's parts", () => {
  it("let the first view, and one tensor, be computed without the second", async () => {
    const engine = withDeferred(new ArrayBuffer(0));
    const answers = await engine.run("propagation", {
      schemes: [{ scheme: "kaiming_normal" }, { scheme: "xavier_normal" }],
      depth: 3,
      width: 32,
    });
    expect(answers).toHaveLength(2);
    const tensor = flattenInitialize({ scheme: "kaiming_normal", shape: [3, 4] });
    expect(await engine.initialize(tensor)).toHaveLength(12);
    await expect(spectrum(engine)).rejects.toThrow(); // the control
    engine.close();
  });

  it("are refused where they are of two builds, since places mean other functions there", async () => {
    const { deferred } = moduleParts();
    const own = withDeferred(deferred.slice());
    expect(await spectrum(own)).toHaveLength(1);
    own.close();
    const other = new Uint8Array(deferred.slice());
    const last = other.length - 1; // of the mark, which is the last section
    other[last] = (other[last] ?? 0) ^ 1;
    const mixed = withDeferred(other.buffer);
    await expect(spectrum(mixed)).rejects.toMatchObject({
      reason: "unavailable",
      message: expect.stringContaining("two versions") as string,
    });
    mixed.close();
  });

  it("pass no vectors between functions, which a placeholder in JavaScript could not", () => {
    for (const part of Object.values(moduleParts()))
      expect(passesVectors(new Uint8Array(part))).toBe(false);
    // The control: (func (result v128) …), as supportsSimd has it.
    const probe = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123);
    expect(passesVectors(probe)).toBe(true);
  });
});
