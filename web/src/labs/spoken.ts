/**
 * What every lab says: its language, whose words are there before it says anything, and why something
 * that was asked for did not come.
 */
import { LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import { lackOf, loadPart, wordsFor } from "../controls/part.js";
import { localeOf, pageWords } from "../i18n/index.js";
import type { Locale, Messages } from "../i18n/index.js";
import type { Words } from "../i18n/words.js";

export abstract class SpokenElement extends LitElement {
  @property({ attribute: "lang" }) override lang = "";

  /** The language that is shown. */
  @state() protected locale: Locale = "en";
  /** Says, in the language that the page has then, why there is no answer. */
  @state() protected failure: ((locale: Locale) => string) | undefined;
  /** Whether trying again may help. */
  @state() protected again = false;

  /** The words that the lab is said in. */
  protected get words(): Words<Messages> {
    return pageWords;
  }

  /** The language that is asked for, by the element or by what is around it. */
  private get askedLocale(): Locale {
    const tag =
      this.lang || this.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang;
    return localeOf(tag);
  }

  /**
   * A lab says nothing before the words of its language are there, the first time and when the language
   * is another: until then it stays as it is.
   */
  protected override scheduleUpdate(): ReturnType<LitElement["scheduleUpdate"]> {
    const asked = this.askedLocale;
    if (!this.words.has(asked)) return this.waitForWords(asked);
    this.locale = asked;
    return super.scheduleUpdate();
  }

  private async waitForWords(asked: Locale): Promise<unknown> {
    try {
      await loadPart(() => this.words.load(asked));
    } catch (error) {
      if (!this.hasUpdated) throw error;
      this.lack(error);
      return super.scheduleUpdate();
    }
    return this.scheduleUpdate(); // the language may be another by now
  }

  /** Says that a part of the lab's code did not come; what failed otherwise is thrown on. */
  protected lack(error: unknown): void {
    const lack = lackOf(error);
    this.failure = (locale) => wordsFor(lack, locale);
    this.again = lack === "network";
  }

  /** Loads a part of the lab's code; says so where it does not come. */
  protected bring<T extends object>(load: () => Promise<T>): Promise<T | undefined> {
    return loadPart(load).catch((error: unknown) => {
      this.lack(error);
      return undefined;
    });
  }
}
