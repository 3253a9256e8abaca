/** Parts of the page's code that come when they are needed, or do not. */

import { lacks } from "../i18n/lacks.js";
import type { Locale } from "../i18n/locale.js";

/**
 * Why a part did not come: by the network, perhaps; "kept" where the browser will not ask for it again
 * while the page is open; "gone" where the page's own site has it no more, since it was replaced. Only a
 * page that is loaded anew has what is kept or gone.
 */
export type Lack = "network" | "kept" | "gone";

/** A part did not come. */
export class PartMissing extends Error {
  constructor(
    readonly lack: Lack,
    cause: unknown,
  ) {
    super("a part of the page could not be loaded", { cause });
  }
}

/** Why a part did not come; what failed otherwise is thrown on. */
export function lackOf(error: unknown): Lack {
  if (!(error instanceof PartMissing)) throw error;
  return error.lack;
}

/** What is said of a part that did not come: when it is shown, for the language may change meanwhile. */
export function wordsFor(lack: Lack, locale: Locale): string {
  const { part, partKept, partGone } = lacks[locale];
  return { network: part, kept: partKept, gone: partGone }[lack];
}

/** Loads once. An empty script is a program, but no part. */
async function loadOnce<T extends object>(load: () => Promise<T>): Promise<T> {
  const part = (await load()) as T | undefined;
  if (!part || Object.keys(part).length === 0) throw new Error("what came is empty");
  return part;
}

/** Scripts that the page has named or asked for: the one that failed is among them. */
function scripts(): ReadonlySet<string> {
  const named = document.querySelectorAll<HTMLLinkElement>("link[rel=modulepreload]");
  const asked = performance.getEntriesByType("resource").map(({ name }) => name);
  return new Set([...[...named].map(({ href }) => href), ...asked.filter(isScript)]);
}

const isScript = (url: string): boolean => /\.m?js$/.test(url);

/** Asks for a script past the HTTP cache: what, if anything, is in its way. */
async function readAgain(url: string): Promise<Lack | undefined> {
  try {
    const response = await fetch(url, { cache: "reload" });
    await response.arrayBuffer();
    if (response.status === 404 && new URL(url).origin === location.origin) return "gone";
    const script = /javascript/.test(response.headers.get("content-type") ?? "");
    return response.ok && script ? undefined : "network";
  } catch {
    return "network";
  }
}

/**
 * Loads a part. One that fails is read past the HTTP cache, with all scripts that the page knows,
 * and asked for once more. Firefox keeps for a page that a script failed, and so does Chromium where what
 * came was no program: there what comes now is whole, and the page alone does not have it.
 */
export async function loadPart<T extends object>(load: () => Promise<T>): Promise<T> {
  try {
    return await loadOnce(load);
  } catch {
    const lacks = await Promise.all([...scripts()].map(readAgain));
    try {
      return await loadOnce(load);
    } catch (error) {
      const found = lacks.includes("gone") ? "gone" : lacks.find(Boolean);
      throw new PartMissing(found ?? "kept", error);
    }
  }
}
