/** Words that come when they are needed, in the language that they are needed in. */
import type { Locale } from "./locale.js";

type Loaders<M> = Readonly<Record<Locale, () => Promise<M>>>;

export class Words<M extends object> {
  private readonly there: Partial<Record<Locale, M>> = {};

  constructor(private readonly loaders: Loaders<M>) {}

  /** Whether those of a language have come. */
  has(locale: Locale): boolean {
    return this.there[locale] !== undefined;
  }

  /** Loads those of a language, once; whoever says something in it waits for them. */
  async load(locale: Locale): Promise<M> {
    return (this.there[locale] ??= await this.loaders[locale]());
  }

  /** Those of a language, which must have come. */
  of(locale: Locale): M {
    const words = this.there[locale];
    if (!words) throw new Error(`words of '${locale}' have not been loaded`);
    return words;
  }
}
