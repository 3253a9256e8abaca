// Answers calls of the built package: one JSON line on the input, {call, arguments}, one on the output,
// {value, warnings} or {error}. Typed arrays of floats are base64 of their bytes, either way; numbers
// that JSON does not have are text.
import { createInterface } from "node:readline";
import { load } from "../../../dist/npm/index.js";

const scope = await load();

function encode(_, value) {
  if (value instanceof Float32Array)
    return {
      f32: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"),
    };
  if (value instanceof Float64Array) return Array.from(value);
  return typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
}

const decode = (_, value) =>
  typeof value?.f32 === "string"
    ? new Float32Array(Uint8Array.from(Buffer.from(value.f32, "base64")).buffer)
    : value;

async function answer({ call, arguments: given }) {
  const warnings = [];
  // Of the calls, initialize alone answers with an array, which has no place for warnings.
  const options = call === "initialize" ? [{ onWarning: ({ text }) => warnings.push(text) }] : [];
  try {
    return { value: await scope[call](...given, ...options), warnings };
  } catch (error) {
    if (error.name !== "InitscopeError") throw error;
    const { field, reason, message } = error;
    return { error: { field, reason, message } };
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line, decode)), encode)}\n`);
scope.close();
