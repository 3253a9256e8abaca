/** The audit as a reader uses it: examples, the table, an opened tensor, the report, files of one's own, cancel. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { EXAMPLES } from "../../../web/src/labs/audit/state.js";
import { drawAll, expect, root, settled, shiftOf, test, watchShifts } from "./support.js";

const checkpoint = (name: string) => join(root, `web/checkpoints/${name}.safetensors`);

async function opened(page: Page, site: string, state = "v=1"): Promise<Locator> {
  await page.goto(`${site}#lab=audit&${state}`);
  return settled(page, "init-audit");
}

/** Names of the tensors in the table, as the rows' buttons say them. */
const names = (lab: Locator) =>
  lab
    .locator("init-audit-table .name button")
    .evaluateAll((buttons) =>
      buttons.map((button) => button.ariaLabel?.replace("Open ", "") ?? ""),
    );

/** Gives files to the first chooser, as a reader does. */
async function give(
  lab: Locator,
  files: string | { name: string; mimeType: string; buffer: Buffer }[],
) {
  await lab.locator("init-audit-drop input[type=file]").first().setInputFiles(files);
}

/** A .safetensors file of one tensor, with whatever header. */
function file(name: string, header: string, data: Uint8Array) {
  const bytes = Buffer.alloc(8 + header.length + data.length);
  bytes.writeBigUInt64LE(BigInt(header.length));
  bytes.write(header, 8);
  bytes.set(data, 8 + header.length);
  return { name, mimeType: "application/octet-stream", buffer: bytes };
}

test("each example is asked for when it is opened, and shows what it is for", async ({
  page,
  site,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/checkpoints/")) asked.push(request.url().replace(/^.*\//, ""));
  });
  const lab = await opened(page, site);
  expect(asked).toEqual(["frozen.safetensors"]);
  const claims = {
    frozen: ["body.2.weight", "Untouched (certified)"],
    untrained: ["head.weight", "Untouched (certified)"],
    "wrong-fan": ["net.2.weight", "fan_in"],
    underflow: ["block.mlp.weight", "subnormal in float16"],
  } as const;
  for (const example of EXAMPLES) {
    await page.goto(`${site}#lab=audit&example=${example}`);
    await settled(page, "init-audit");
    const [name, said] = claims[example];
    const row = lab.locator("init-audit-table [role=row]").filter({
      has: page.getByRole("button", { name: `Open ${name}`, exact: true }),
    });
    await expect(row).toContainText(said);
  }
  expect(asked).toEqual([
    "frozen.safetensors",
    "untrained.safetensors",
    "wrong-fan.safetensors",
    "underflow.safetensors",
  ]);
  // Each is a choice above the lab too, which the address then has.
  await lab.getByRole("button", { name: "Never trained" }).click();
  await expect(page).toHaveURL(/example=untrained/);
});

test("tensors are sorted, filtered and shown by verdict", async ({ page, site }) => {
  const lab = await opened(page, site);
  const inFile = await names(lab);
  expect(inFile).toHaveLength(7);
  const table = lab.locator("init-audit-table");
  const std = table.getByRole("columnheader", { name: "Std" });
  await std.getByRole("button").click();
  await expect(std).toHaveAttribute("aria-sort", "descending");
  expect((await names(lab))[0]).toBe("embedding.weight");
  await std.getByRole("button").click();
  await expect(std).toHaveAttribute("aria-sort", "ascending");
  expect((await names(lab)).at(-1)).toBe("embedding.weight");
  await table.getByLabel("Filter by name").fill("BODY.2");
  await expect(table.locator(".name button")).toHaveCount(2);
  await table.getByLabel("Filter by name").fill("nothing");
  await expect(table.getByText("No tensor has this name and verdict.")).toBeVisible();
  await table.getByLabel("Filter by name").fill("");
  await table.getByLabel("Show").selectOption("Untouched");
  await expect.poll(() => names(lab)).toEqual(["body.2.bias", "body.2.weight"]);
});

test("a tensor is opened, has its figures and its program, and is in the address", async ({
  page,
  site,
}) => {
  const lab = await opened(page, site);
  await lab.getByRole("button", { name: "Open body.2.weight", exact: true }).last().click();
  const tensor = lab.locator("init-audit-tensor");
  await expect(tensor.getByRole("heading", { name: "Tensor body.2.weight" })).toBeFocused();
  await expect(page).toHaveURL(/tensor=body\.2\.weight/);
  for (const figure of await tensor.locator("init-figure").all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator("svg").first()).toBeVisible();
  }
  await expect(tensor.locator("init-figure")).toHaveCount(2);
  await expect(tensor.locator("pre")).toContainText("init.uniform_(w, a=-0.125, b=0.125)");
  await tensor.getByRole("button", { name: "Keras" }).click();
  await expect(tensor.locator("pre")).toContainText("import keras");
  await tensor.getByRole("button", { name: "Open in the distribution lab" }).click();
  await settled(page, "init-distribution");
  await expect(page).toHaveURL(/lab=distribution.*shape=64,64/);
  await page.goBack();
  await expect(tensor).toBeVisible();
  await tensor.getByRole("button", { name: "Close" }).click();
  await expect(tensor).toHaveCount(0);
});

test("the report is taken home in three forms", async ({ page, site }) => {
  const lab = await opened(page, site, "example=wrong-fan");
  for (const [kind, said] of [
    ["Markdown", "# Audit of wrong-fan.safetensors"],
    ["JSON", '"id": "wrong_fan"'],
    ["CSV", "name,shape,dtype,count"],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      lab.getByRole("group", { name: "Report" }).getByRole("button", { name: kind }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^initscope-audit-wrong-fan\.safetensors\./);
    expect(readFileSync(await download.path(), "utf8")).toContain(said);
  }
});

test("a file of one's own is read here, and asked of no server", async ({ page, site }) => {
  const lab = await opened(page, site);
  const sent: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    const own = url.startsWith(site) || /^(blob|data):/.test(url);
    if (!own || request.method() !== "GET" || request.postData() !== null) sent.push(url);
  });
  await give(lab, checkpoint("untrained"));
  await expect(lab.locator("init-audit-table .name button")).toHaveCount(11);
  expect(sent).toEqual([]);
  await expect(page).toHaveURL(/example=own/);
  // A link does not hold it: who opens one is told.
  await page.reload();
  await expect(lab.getByRole("alert")).toContainText("a link does not hold it");
});

test("a hostile file is refused in a sentence with place and value, in both languages", async ({
  page,
  site,
}) => {
  const lab = await opened(page, site);
  const header = '{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,64]}}';
  await give(lab, [file("bad.safetensors", header, new Uint8Array(16))]);
  const said = lab.getByRole("alert");
  await expect(said).toContainText("bad.safetensors");
  await expect(said).toContainText("64");
  await expect(lab.locator("init-audit-table")).toHaveCount(0);
  await page.locator("#language").click();
  await expect(said).toContainText(
    /[\u4e00-\u9fff].*bad\.safetensors|bad\.safetensors.*[\u4e00-\u9fff]/,
  );
  await expect(said).toContainText("64");
  // What is chosen next is shown, and nothing more is said of the other.
  await lab.getByRole("button", { name: "从未训练" }).click();
  await expect(lab.locator("init-audit-table .name button")).toHaveCount(11);
  await expect(said).toBeEmpty();
});

test("markup in a tensor's name is a name", async ({ page, site }) => {
  const lab = await opened(page, site);
  const name = "<img src=x onerror=alert(1)>";
  const header = `{"${name}":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}`;
  await give(lab, [file("evil.safetensors", header, new Uint8Array(16))]);
  await expect(lab.locator("init-audit-table .name button")).toHaveText([name]);
  await expect(lab.locator("img")).toHaveCount(0);
});

test("files that are dropped are taken, and the page stays", async ({ page, site }) => {
  const lab = await opened(page, site);
  const bytes = [...readFileSync(checkpoint("underflow"))];
  await lab.locator("init-audit-drop section").evaluate((zone, content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(content)], "mine.safetensors"));
    for (const type of ["dragenter", "dragover", "drop"])
      zone.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, bytes);
  await expect(lab.locator("init-audit-table .name button")).toHaveCount(6);
  await expect(lab.getByText("mine.safetensors")).toBeVisible();
});

test("a reading is called off, and what came before it stays no longer", async ({ page, site }) => {
  const lab = await opened(page, site);
  // So many that none is done before the button is pressed.
  const count = 24;
  const size = 4 * 1024 * 1024;
  const header = JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `layers.${i}.weight`,
        { dtype: "F32", shape: [1024, 1024], data_offsets: [i * size, (i + 1) * size] },
      ]),
    ),
  );
  await lab
    .locator("init-audit-drop input[type=file]")
    .first()
    .evaluate(
      (input, { text, bytes }) => {
        const start = new ArrayBuffer(8);
        new DataView(start).setBigUint64(0, BigInt(text.length), true);
        const values = new Float32Array(bytes / 4).map((_, i) => Math.sin(i * i));
        const { dataTransfer } = { dataTransfer: new DataTransfer() };
        dataTransfer.items.add(new File([start, text, values], "large.safetensors"));
        (input as HTMLInputElement).files = dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      },
      { text: header, bytes: count * size },
    );
  await expect(lab.locator("progress")).toBeVisible();
  await lab.getByRole("button", { name: "Cancel" }).click();
  await expect(lab.locator("progress")).toHaveCount(0);
  await expect(lab.getByRole("alert")).toContainText("Cancelled.");
});

test("hundreds of tensors are listed as they are looked at", async ({ page, site }) => {
  const lab = await opened(page, site);
  const count = 600;
  const header = JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `layers.${i}.weight`,
        { dtype: "F32", shape: [4, 4], data_offsets: [64 * i, 64 * (i + 1)] },
      ]),
    ),
  );
  await give(lab, [file("many.safetensors", header, new Uint8Array(64 * count))]);
  const rows = lab.locator("init-audit-table .name button");
  await expect(lab.getByText("600 of 600 tensors")).toBeVisible();
  expect(await rows.count()).toBeLessThan(200);
  const list = lab.locator("init-audit-table .scroll");
  await expect
    .poll(async () => {
      await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
      return rows.count();
    })
    .toBe(count);
});

for (const width of [360, 1280])
  test(`nothing moves by itself and nothing overflows at ${width} px`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 });
    await watchShifts(page);
    await opened(page, site);
    await drawAll(page, "init-audit");
    expect(await shiftOf(page)).toBeLessThan(0.1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  });

test("an element that is taken away while it reads takes it up when it is back", async ({
  page,
  site,
}) => {
  const lab = await opened(page, site);
  await lab.evaluate((element) => {
    const { parentElement } = element;
    (element as HTMLElement & { state: string }).state = "example=untrained";
    element.remove();
    setTimeout(() => parentElement?.append(element), 50);
  });
  await expect(lab.locator("init-audit-table .name button")).toHaveCount(11);
  await settled(page, "init-audit");
});

test("one part alone stands in a frame, and an element in another page", async ({ page, site }) => {
  await page.goto(
    `${site}embed.html#lab=audit&only=model&hide=presets,schemes,controls,text&example=untrained`,
  );
  const lab = await settled(page, "init-audit");
  await expect(lab.locator("init-figure")).toHaveCount(1);
  await expect(lab.locator("init-audit-drop, init-audit-table, nav")).toHaveCount(0);
});
