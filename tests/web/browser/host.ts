/**
 * A host of the site under the test's control: it may show another release, lets browsers keep its
 * answers, and lies.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { TYPES } from "../../../web/scripts/serve.mjs";

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
