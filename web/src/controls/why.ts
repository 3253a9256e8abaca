/** Links to the course: where it is, and whether a link to it would take a host's frame with it. */
import { html, nothing } from "lit";
import type { Section } from "../generated/terms.js";
import type { Locale } from "../i18n/index.js";

const WORDS: Readonly<Record<Locale, string>> = { en: "Why?", zh: "为什么？" };

/** The address of a section of the course; undefined on pages that do not say where the course is. */
function addressOf(section: Section, locale: Locale): string | undefined {
  const { course } = document.documentElement.dataset;
  if (course === undefined) return undefined;
  const [chapter, name] = section.split("#");
  return `${course}${locale}/${chapter}.html#section-${name}`;
}

/** A link to a section, in the language; nothing where there is no course. */
export function sectionLink(section: Section, locale: Locale, text: string): unknown {
  const address = addressOf(section, locale);
  if (address === undefined) return nothing;
  // A frame is a part of its host's page: the course opens beside that.
  const framed = window !== parent;
  return html`<a
    href=${address}
    target=${framed ? "_blank" : nothing}
    rel=${framed ? "noopener" : nothing}
    >${text}</a
  >`;
}

/** The link beside a verdict. */
export function whyLink(section: Section | undefined, locale: Locale): unknown {
  return section ? sectionLink(section, locale, WORDS[locale]) : nothing;
}
