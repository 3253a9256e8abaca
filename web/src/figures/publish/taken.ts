/** A figure that is taken home, and how it is to look there. */
import { SLOT_MARKS } from "../../slots.js";
import { catalogue } from "../../engine/catalogue.js";
import type { SchemeRequest } from "../../engine/request.js";
import { messagesOf, schemeNames } from "../../i18n/index.js";
import type { Locale } from "../../i18n/index.js";
import { publishWords } from "../../i18n/publish.js";
import { themes } from "../../charts/theme.js";
import type { Theme, ThemeName } from "../../charts/theme.js";
import type { FigureContent } from "../content.js";
import type { Home, Source } from "../source.js";
import { headlineOf } from "./finding.js";
import type { Headline } from "./finding.js";
import { schemeText, settingsOf } from "./settings.js";

export interface Taken {
  readonly content: FigureContent;
  /** Where its cursor was; none unless it is given. */
  readonly position?: number;
  /** What it is called in `only`. */
  readonly name: string;
  readonly locale: Locale;
  readonly theme: ThemeName;
  readonly source: Source | undefined;
  readonly home: Home | undefined;
}

/** Between what is set. */
const DOT = " · ";

/** Paper is white; a dark slide has the page's ground. */
export function paperOf(theme: ThemeName): Theme {
  return theme === "light" ? { ...themes.light, ground: "#ffffff" } : themes.dark;
}

/** A scheme of the figure, with the name that it has there. */
interface Named {
  readonly scheme: SchemeRequest;
  readonly slot: number;
  readonly name: string;
}

export function allSchemesOf({ request, slots }: Source, locale: Locale): readonly Named[] {
  const names = schemeNames(request.schemes, locale);
  return request.schemes.map((scheme, i) => ({
    scheme,
    slot: slots[i] ?? i,
    name: names[i] ?? "",
  }));
}

/** The schemes that the figure shows: the one that its title names, else all. */
export function schemesOf({ source, content, locale }: Taken): readonly Named[] {
  if (!source) return [];
  const all = allSchemesOf(source, locale);
  // One name may be a part of another: the longest is meant.
  const [titled] = all
    .filter(({ name }) => content.title.includes(name))
    .sort((a, b) => b.name.length - a.name.length);
  return titled ? [titled] : all;
}

/** What stands around the drawing, as far as the headline `fits`. */
export function headlineOfTaken(taken: Taken, fits: (text: string) => boolean): Headline {
  const { sentences } = messagesOf(taken.locale).between;
  const names = schemesOf(taken).map(({ name }) => name);
  return headlineOf(taken.content, names, sentences, fits);
}

/** A setting is in one line, where it has room there. */
const unbroken = (text: string): string => text.replaceAll(" ", "\u00a0");

/** The line of settings, and the step that is shown. */
export function settingsText({ kind, request, step, swept }: Source, locale: Locale): string {
  const settings = settingsOf(kind, request, locale, swept);
  const shown = step === undefined ? [] : [publishWords(locale).stepShown(step)];
  return [...settings, ...shown].map(unbroken).join(DOT);
}

/** The schemes as a legend: with their marks, and all that is not their defaults. */
export function legendOf(
  schemes: readonly Omit<Named, "name">[],
  locale: Locale,
): readonly { readonly slot: number; readonly text: string }[] {
  return schemes.map(({ scheme, slot }) => ({
    slot,
    text: `${SLOT_MARKS[slot] ?? ""} ${schemeText(scheme, locale)}`,
  }));
}

/** Where the state that is shown is seen, if others can. */
export function addressOf({ source, home }: Pick<Taken, "source" | "home">): string | undefined {
  return source && home?.address(source.kind, source.state);
}

/** What computed it. */
export const MAKER = `initscope ${catalogue.version}`;
