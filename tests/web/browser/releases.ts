/**
 * Releases of the site on a host under the test's control: it may show another release, keep its answers
 * in the browser's cache, and lie.
 */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { filesBelow, writeServiceWorker } from "../../../web/scripts/release.mjs";
import { TYPES } from "../../../web/scripts/serve.mjs";
import { root, siteFolder } from "./support.js";

/** What a file of the site is written in, and may name others in. */
const TEXT = /\.(html|js|mjs|css|webmanifest)$/;

/**
 * Another build of the site, made of the one that there is: every file of `assets/` has another name, as
 * after a change of the code, and its pages say which release they are of.
 */
export function makeRelease(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `initscope-${name}-`));
  cpSync(siteFolder, folder, { recursive: true });
  const renamed = readdirSync(join(folder, "assets")).map((file) => {
    const next = file.replace(/(\.\w+)$/, `.${name}$1`);
    renameSync(join(folder, "assets", file), join(folder, "assets", next));
    return [file, next] as const;
  });
  for (const path of filesBelow(folder).filter((file) => TEXT.test(file))) {
    const text = renamed.reduce(
      (sum, [file, next]) => sum.replaceAll(file, next),
      readFileSync(join(folder, path), "utf8"),
    );
    const mark = `<meta name="release" content="${name}" />`;
    writeFileSync(join(folder, path), text.replace("</head>", `${mark}</head>`));
  }
  writeServiceWorker(folder, readFileSync(join(root, "web/src/pages/sw.js"), "utf8"));
  return folder;
}

/** The script of a lab, as the site's folder names it. */
export function labScript(folder: string, lab: string): string {
  const assets = join(folder, "assets");
  const found = readdirSync(assets).filter(
    (file) =>
      /^element-/.test(file) && readFileSync(join(assets, file), "utf8").includes(`init-${lab}`),
  );
  if (found.length !== 1) throw new Error(`scripts of ${lab}: ${found.join(", ")}`);
  return `assets/${found[0]}`;
}

/** An answer in place of the site's own. */
export interface Lie {
  readonly status?: number;
  readonly type?: string;
  /** Made of the bytes that are there. */
  readonly body: (bytes: Buffer) => Buffer | string;
}

/** What networks do to a file. */
export const LIES = {
  "a captive portal's page": {
    type: "text/html",
    body: () => "<!doctype html><title>Hotel</title><p>Please log in.",
  },
  "a missing file": { status: 404, type: "text/plain", body: () => "not found" },
  "a file cut short": { body: (bytes) => bytes.subarray(0, bytes.length / 2) },
  "an empty file": { body: () => "" },
} as const satisfies Readonly<Record<string, Lie>>;

export interface Host {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** Shows a release below a path, in place of what was there. */
  show(folder: string, path: string): void;
  /** Answers otherwise for paths that end so, until `honest`. */
  lie(ending: string, lie: Lie): void;
  honest(): void;
  close(): void;
}

/** A host whose answers browsers may keep for ten minutes, as many hosts say. */
export async function startHost(): Promise<Host> {
  const shown = new Map<string, string>();
  const asked: string[] = [];
  let lies: [string, Lie][] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.push(pathname);
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const below = [...shown.keys()].find((prefix) => path.startsWith(prefix)) ?? "";
    let bytes: Buffer | undefined;
    try {
      bytes = readFileSync(join(shown.get(below) ?? "nowhere", path.slice(below.length)));
    } catch {
      // answered below
    }
    const lie = lies.find(([ending]) => path.endsWith(ending))?.[1];
    const body = lie ? lie.body(bytes ?? Buffer.alloc(0)) : bytes;
    response.writeHead(lie?.status ?? (body === undefined ? 404 : 200), {
      "content-type": lie?.type ?? TYPES[extname(path)] ?? "application/octet-stream",
      "cache-control": "max-age=600",
    });
    response.end(body ?? "not found");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    asked,
    show: (folder, path) => void shown.set(path, folder),
    lie: (ending, lie) => void lies.push([ending, lie]),
    honest: () => (lies = []),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function removeReleases(folders: Iterable<string>): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
