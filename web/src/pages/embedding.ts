/**
 * What an embedding page and a framed lab say to one another: the address that asks for a lab, and
 * the messages between the two windows. Pure; anything may come in.
 */
import { localeOf } from "../i18n/index.js";
import type { Locale } from "../i18n/index.js";
import { MOST_STATE_LENGTH } from "../engine/state-length.js";
import { isLab } from "./labs.js";
import type { Lab } from "./labs.js";
import type { ThemeChoice } from "../labs/theme.js";

export const MESSAGE_VERSION = 1;

export interface Embedded {
  readonly lab: Lab;
  /** State text of the lab. */
  readonly state: string;
  readonly hide: string;
  readonly only: string;
  /** Undefined where the address leaves it to the browser. */
  readonly lang: Locale | undefined;
  readonly theme: ThemeChoice;
}

const OWN_KEYS = ["embed", "lab", "hide", "only", "lang", "theme"];

function themeOf(text: unknown): ThemeChoice {
  return text === "light" || text === "dark" ? text : "system";
}

/** Whether an address asks for a lab alone, without the page around it. */
export function asksForEmbedding(hash: string): boolean {
  return /(?:^#?|&)embed=1(?:&|$)/.test(hash);
}

/** What the part of an address behind # asks for. Anything that is not known is left to the lab. */
export function readEmbedAddress(hash: string): Embedded {
  const parts = hash.replace(/^#/, "").split("&");
  const keyOf = (part: string) => part.split("=", 1)[0] ?? "";
  const own = new URLSearchParams(parts.filter((part) => OWN_KEYS.includes(keyOf(part))).join("&"));
  const named = own.get("lab");
  const lang = own.get("lang");
  return {
    lab: isLab(named) ? named : "propagation",
    state: parts.filter((part) => part !== "" && !OWN_KEYS.includes(keyOf(part))).join("&"),
    hide: own.get("hide") ?? "",
    only: own.get("only") ?? "",
    lang: lang === null ? undefined : localeOf(lang),
    theme: themeOf(own.get("theme")),
  };
}

/** The address's part behind #, the shortest that asks for this. */
export function embedAddress(embedded: Embedded): string {
  const { lab, hide, only, lang, theme, state } = embedded;
  return [
    `lab=${lab}`,
    ...(hide ? [`hide=${hide}`] : []),
    ...(only ? [`only=${only}`] : []),
    ...(lang ? [`lang=${lang}`] : []),
    ...(theme === "system" ? [] : [`theme=${theme}`]),
    ...(state ? [state] : []),
  ].join("&");
}

/** What stands beside a lab's figures, and a host may leave out. */
export const BESIDE = ["presets", "schemes", "controls", "text"] as const;

/** Whether one figure is asked for, with nothing beside it. */
export function isAlone({ only, hide }: Pick<Embedded, "only" | "hide">): boolean {
  const hidden = hide.split(/[\s,]+/);
  return /^[^\s,]+$/.test(only.trim()) && BESIDE.every((part) => hidden.includes(part));
}

/** What an embedding page may ask of the frame. */
export type Asked =
  | {
      readonly type: "set";
      readonly state?: string;
      readonly lang?: Locale;
      readonly theme?: ThemeChoice;
    }
  | { readonly type: "get" };

/** A message as a request; undefined for whatever is none. Never throws. */
export function readMessage(data: unknown): Asked | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { type, version, state, lang, theme } = data as Readonly<Record<string, unknown>>;
  if (version !== MESSAGE_VERSION) return undefined;
  if (type === "initscope:get") return { type: "get" };
  if (type !== "initscope:set") return undefined;
  if (state !== undefined && (typeof state !== "string" || state.length > MOST_STATE_LENGTH))
    return undefined;
  return {
    type: "set",
    ...(typeof state === "string" && { state }),
    ...(typeof lang === "string" && { lang: localeOf(lang.slice(0, 35)) }),
    ...(theme !== undefined && { theme: themeOf(theme) }),
  };
}

/** A height in the words of those who listen: our own, Canvas's, edX's and OpenLearning's. */
export function heightMessages(width: number, height: number): readonly unknown[] {
  return [
    { type: "initscope:height", version: MESSAGE_VERSION, height },
    { subject: "lti.frameResize", height },
    { type: "plugin.resize", payload: { width, height } },
    JSON.stringify({ action: "resize", height }),
  ];
}
