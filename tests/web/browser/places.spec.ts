/** The five places where the engine must live; Node is the units' and the last test's. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goldenBits, goldenTorch } from "../golden.js";
import { expect, root, settled, siteFolder, test } from "./support.js";

const single = join(siteFolder, "initscope.html");

test("the site, under its CSP", async ({ page, site }) => {
  await page.goto(site);
  await settled(page, "init-propagation");
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute("content");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/);
  expect(policy).toContain("default-src 'none'");
});

test("the single file from file://", async ({ page }) => {
  await page.goto(`file://${single}#v=1&depth=8&width=64`);
  await settled(page, "init-propagation");
  // The site's other pages are not in the file, and it links to none of them.
  await expect(page.locator('a[href*=".html"]')).toHaveCount(0);
});

test("the single file in a sandboxed frame, where downloads become text", async ({
  page,
  hosts,
  site,
}) => {
  await page.goto(`${hosts}blank.html`);
  await page.evaluate((source) => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    Object.assign(frame, { src: source, width: 1200, height: 2400, title: "initscope" });
    document.body.append(frame);
  }, `${site}initscope.html`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("init-figure svg").first()).toBeVisible();
  await frame.getByRole("button", { name: "CSV" }).first().click();
  await expect(frame.locator("textarea").first()).toHaveValue(/^Layer,/);
});

test("a page that loads the element from another origin", async ({ page, hosts, cdn }) => {
  expect(new URL(hosts).origin).not.toBe(new URL(cdn).origin);
  await page.goto(`${hosts}element.html?from=${cdn}`);
  const lab = await settled(page, "init-propagation");
  await expect(lab.locator("[data-figure=activation] figcaption")).toContainText("to layer 8");
  // The state's attribute can be set again, and the element never touches its host's address.
  await lab.evaluate((element) =>
    element.setAttribute("state", "v=1&depth=9&width=64&s=kaiming_normal"),
  );
  await expect(lab.locator("[data-figure=activation] figcaption")).toContainText("to layer 9");
  expect(new URL(page.url()).hash).toBe("");
});

test("the API from another origin draws the golden bits, with one worker and with four", async ({
  page,
  hosts,
  cdn,
}) => {
  await page.goto(`${hosts}blank.html`);
  const found = await page.evaluate(async (address) => {
    interface Scope {
      catalogue(): {
        schemes: { id: string; exact: boolean; leastRank: number }[];
        activations: { id: string; needs?: string }[];
      };
      initialize(request: object, options?: object): Promise<Float32Array<ArrayBuffer>>;
      propagate(request: object): Promise<{ result: Record<string, Signal> }[]>;
      close(): void;
    }
    interface Signal {
      secondMoment: Float64Array;
    }
    const module = (await import(address)) as { load(): Promise<Scope> };
    const sha256 = async (...parts: BlobPart[]): Promise<string> => {
      const bytes = await new Blob(parts).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return [...digest].map((b) => b.toString(16).padStart(2, "0")).join("");
    };
    const scopes = await Promise.all(Array.from({ length: 4 }, () => module.load()));
    const [scope] = scopes;
    if (!scope) throw new Error("no scope");
    const hashes: [string, string][] = [];
    for (const { id: scheme, exact, leastRank } of scope.catalogue().schemes) {
      if (!exact) continue;
      const tensor = { scheme, shape: leastRank > 2 ? [1024, 4, 256] : [1024, 1024] };
      hashes.push([`initialize/${scheme}`, await sha256(await scope.initialize(tensor))]);
      // The tensor in four parts that are no multiples of anything, by four workers at once.
      const ends = [0, 262_147, 500_001, 777_777, 1024 * 1024];
      const parts = await Promise.all(
        scopes.map((each, i) => {
          const first = ends[i] ?? 0;
          return each.initialize({ ...tensor, first, count: (ends[i + 1] ?? 0) - first });
        }),
      );
      hashes.push([`initialize/${scheme}`, await sha256(...parts)]);
    }
    const moments = async (activation: string, each: Scope): Promise<[string, string]> => {
      const [answer] = await each.propagate({
        depth: 10,
        width: 96,
        batch: 40,
        activation,
        bias: { scheme: "torch_linear_bias" },
        schemes: [{ scheme: "kaiming_normal" }],
      });
      const signals = ["preactivation", "activation", "gradient"].map(
        (name) => answer?.result[name]?.secondMoment ?? new Float64Array(),
      );
      return [`second_moments/${activation}`, await sha256(...(signals as BlobPart[]))];
    };
    // An array that is given comes back filled, and is gone meanwhile.
    const into = new Float32Array(4096);
    const request = { scheme: "normal", shape: [64, 64] };
    const pending = scope.initialize(request, { into });
    const gone = (await pending) !== into && into.length === 0;
    if (!gone) throw new Error("the array was copied");
    if ((await sha256(await pending)) !== (await sha256(await scope.initialize(request))))
      throw new Error("the array was filled with something else");
    // One after the other in one worker, and all at once over four.
    const named = scope.catalogue().activations.filter(({ needs }) => needs === undefined);
    const activations = named.map(({ id }) => id);
    for (const activation of activations) hashes.push(await moments(activation, scope));
    hashes.push(
      ...(await Promise.all(activations.map((id, i) => moments(id, scopes[i % 4] ?? scope)))),
    );
    for (const each of scopes) each.close();
    return hashes;
  }, `${cdn}index.js`);
  const golden = goldenBits();
  expect(found.length).toBeGreaterThan(40);
  for (const [name, hash] of found) expect(hash, name).toBe(golden.get(name));
});

test("the API from another origin draws PyTorch's numbers", async ({ page, hosts, cdn }) => {
  await page.goto(`${hosts}blank.html`);
  const golden = goldenTorch();
  const found = await page.evaluate(
    async ({ address, tensors, models, calls }) => {
      interface Scope {
        initialize(request: object): Promise<Float32Array<ArrayBuffer>>;
        initializeSequence(request: object): Promise<Float32Array<ArrayBuffer>[]>;
        initializeModel(
          request: object,
        ): Promise<{ name: string; values: Float32Array<ArrayBuffer> }[]>;
        close(): void;
      }
      const module = (await import(address)) as { load(): Promise<Scope> };
      const scope = await module.load();
      const sha256 = async (values: Float32Array<ArrayBuffer>): Promise<string> => {
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", values));
        return [...digest].map((b) => b.toString(16).padStart(2, "0")).join("");
      };
      const drawn: { sha256: string; values: number[] }[] = [];
      for (const { request } of tensors) {
        const values = await scope.initialize({ ...request, generator: "torch" });
        drawn.push({ sha256: await sha256(values), values: [...values.slice(0, 1024)] });
      }
      const parameters: string[][] = [];
      for (const { layers, seed } of models) {
        const all = await scope.initializeModel({ layers, seed, generator: "torch" });
        parameters.push(
          await Promise.all(all.map(async ({ name, values }) => `${name} ${await sha256(values)}`)),
        );
      }
      const sequence = await scope.initializeSequence({
        seed: calls.seed,
        tensors: calls.values.map(({ length }) => ({ scheme: "normal", shape: [length] })),
      });
      scope.close();
      return { drawn, parameters, sequence: sequence.map((values) => [...values]) };
    },
    { address: `${cdn}index.js`, ...golden },
  );
  expect(found.drawn).toHaveLength(36);
  for (const [i, { request, sha256, values }] of golden.tensors.entries()) {
    const { drawn } = found;
    const name = `${request.scheme} ${request.shape.join("x")} seed ${request.seed}`;
    if (sha256) expect(drawn[i]?.sha256, name).toBe(sha256);
    for (const [j, value] of (values ?? []).entries())
      expect(Math.abs((drawn[i]?.values[j] ?? NaN) - value), name).toBeLessThan(2e-6);
  }
  expect(found.sequence).toEqual(
    golden.calls.values.map((values) => [...Float32Array.from(values)]),
  );
  expect(found.parameters).toEqual(
    golden.models.map(({ parameters }) =>
      parameters.map(({ name, sha256 }) => `${name} ${sha256}`),
    ),
  );
});

test("Node, from the package alone", () => {
  const program = `
    import { load } from ${JSON.stringify(join(root, "dist/npm/index.js"))};
    const scope = await load();
    const weights = await scope.initialize({ scheme: "kaiming_normal", shape: [2, 3] });
    console.log([...weights].join(" "));
    await scope.initialize({ scheme: "normal", std: -1, shape: [2, 3] }).catch((e) => console.log(e.name, e.field, e.value, e.reason));
    const [layers] = await scope.propagate({ depth: 3, schemes: [{ scheme: "zeros" }] });
    console.log(layers.result.deadFraction.join(" "));
    scope.close();`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  const [weights = "", refusal, dead] = output.trim().split("\n");
  const expected = readFileSync(join(root, "tests/consumer/expected.txt"), "utf8")
    .trim()
    .split("\n");
  expect(weights.split(" ").map(Number)).toEqual(expected.slice(0, 6).map(parseHexFloat));
  expect(refusal).toBe("InitscopeError std -1 out_of_range");
  expect(dead).toBe("1 1 1");
});

/** C's "%a". */
function parseHexFloat(text: string): number {
  const [, sign, whole, fraction, exponent] =
    /^(-?)0x(\d)\.?([0-9a-f]*)p([-+]\d+)$/.exec(text) ?? [];
  const mantissa = parseInt(`${whole}${fraction}`, 16) / 16 ** (fraction?.length ?? 0);
  return (sign === "-" ? -1 : 1) * mantissa * 2 ** Number(exponent);
}
