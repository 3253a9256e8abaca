/** Audits in the browser's worker say what they say in Node, of good files and of hostile ones; no file leaves the page. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import type * as Package from "../../../web/src/package/index.js";
import { expect, root, test } from "./support.js";

const samples = join(root, "tests/web/checkpoints");
const manifest = JSON.parse(readFileSync(join(samples, "manifest.json"), "utf8")) as {
  readonly good: Readonly<Record<string, unknown>>;
  readonly hostile: Readonly<Record<string, { readonly expect: string }>>;
};
const { load } = (await import(join(root, "dist/npm/index.js"))) as typeof Package;

interface Given {
  readonly name: string;
  readonly base64: string;
}

/** A sample and what it names. */
function given(kind: "good" | "hostile", sample: string): Given[] {
  const path = join(samples, kind, sample);
  const others = readdirSync(dirname(path)).filter(
    (name) =>
      (sample.startsWith("tfjs/") && name.endsWith(".bin")) ||
      (sample.endsWith(".onnx") && name.endsWith(".data")),
  );
  return [path, ...others.sort().map((name) => join(dirname(path), name))].map((file) => ({
    name: basename(file),
    base64: readFileSync(file).toString("base64"),
  }));
}

/** What is said of each list of files, as texts; run in a page, and in this process. */
async function said(
  module: Pick<typeof Package, "load">,
  lists: readonly (readonly Given[])[],
): Promise<string[]> {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, each: unknown) => {
      if (each instanceof Map) return [...(each as Map<string, string>)];
      if (ArrayBuffer.isView(each)) return Array.from(each as Float64Array);
      return typeof each === "number" && !Number.isFinite(each) ? String(each) : each;
    });
  const scope = await module.load();
  const answers: string[] = [];
  for (const list of lists) {
    const files = list.map(
      ({ name, base64 }) =>
        new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name),
    );
    const answer = await scope.audit(files).then(text, (error: unknown) => {
      const { code, file, place, value, text: sentences } = error as Package.CheckpointError;
      return text({ code, file, place, value, sentences });
    });
    answers.push(answer);
  }
  scope.close();
  return answers;
}

const inPage = (page: Page, address: string, lists: readonly (readonly Given[])[]) =>
  page.evaluate(
    async ({ address: at, lists: all }) => window.said((await import(at)) as typeof Package, all),
    { address, lists },
  );

declare global {
  interface Window {
    said: typeof said;
  }
}

const here = (lists: readonly (readonly Given[])[]) => said({ load }, lists);
const prepare = (page: Page) => page.addInitScript(`window.said = ${said.toString()};`);

test("good files", async ({ page, hosts, cdn }) => {
  const lists = Object.keys(manifest.good).map((name) => given("good", name));
  expect(lists.length).toBeGreaterThan(25);
  await prepare(page);
  await page.goto(`${hosts}blank.html`);
  const theirs = await inPage(page, `${cdn}index.js`, lists);
  const ours = await here(lists);
  expect(theirs).toEqual(ours);
  expect(ours.filter((text) => text.includes('"verdict":"untouched"')).length).toBeGreaterThan(8);
});

test("hostile files", async ({ page, hosts, cdn }) => {
  const names = Object.keys(manifest.hostile);
  const lists = names.map((name) => given("hostile", name));
  expect(lists.length).toBeGreaterThan(150);
  await prepare(page);
  await page.goto(`${hosts}blank.html`);
  const theirs = await inPage(page, `${cdn}index.js`, lists);
  // What an engine says of a text that is no JSON is its own.
  const common = (text: string) => text.replace(/ \(line 1 column \d+\)/g, "");
  expect(theirs.map(common)).toEqual((await here(lists)).map(common));
  const codes = names.filter((name, i) =>
    theirs[i]?.includes(`"code":"${manifest.hostile[name]?.expect}"`),
  );
  expect(codes.length).toBeGreaterThan(130);
});

test("nothing of a file leaves the page: only the scripts and the module are asked for", async ({
  page,
  hosts,
  cdn,
}) => {
  await prepare(page);
  await page.goto(`${hosts}blank.html`);
  const asked: string[] = [];
  page.on("request", (request) => {
    expect(request.method()).toBe("GET");
    if (!request.url().startsWith("blob:")) asked.push(request.url());
  });
  await inPage(page, `${cdn}index.js`, [given("good", "torch_mlp_seed0.pt")]);
  const files = ["index.js", "worker.js", "audit-worker.js", "initscope.wasm"];
  const known = [...files, "initscope.deferred.wasm"].map((name) => cdn + name);
  expect(asked.filter((url) => !known.includes(url))).toEqual([]);
  expect(asked).toEqual(expect.arrayContaining(files.map((name) => cdn + name)));
});

test("a cancelled audit ends its worker at once", async ({ page, hosts, cdn }) => {
  await page.goto(`${hosts}blank.html`);
  const reasons = await page.evaluate(async (address) => {
    const { load: begin } = (await import(address)) as typeof Package;
    const scope = await begin();
    const stop = new AbortController();
    // Zeros of 64 MiB behind a header: several pieces.
    const count = 2 ** 24;
    const header = JSON.stringify({
      w: { dtype: "F32", shape: [count], data_offsets: [0, 4 * count] },
    });
    const head = new Uint8Array(8 + header.length);
    new DataView(head.buffer).setUint32(0, header.length, true);
    head.set(new TextEncoder().encode(header), 8);
    const file = new File([head, new Uint8Array(4 * count)], "w.safetensors");
    const shares: number[] = [];
    const call = scope.audit([file], {
      signal: stop.signal,
      onProgress: (share) => {
        shares.push(share);
        stop.abort();
      },
    });
    const reason = await call.then(
      () => "answered",
      (error: unknown) => (error as Package.InitscopeError).reason,
    );
    const after = shares.length;
    // Another audit of the same scope is not in its way.
    const again = await scope.audit([file]);
    return [reason, String(after), String(shares.length), again.tensors[0]?.why];
  }, `${cdn}index.js`);
  expect(reasons).toEqual(["cancelled", "1", "1", "zeros"]);
});
