/** What a figure shows in a sentence that may stand above it. */

/** The sentences of a text, in either language. */
export function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  let sentence = "";
  const characters = Array.from(text);
  for (const [i, character] of characters.entries()) {
    sentence += character;
    const ends =
      "。！？".includes(character) ||
      (".!?".includes(character) && /^\s?$/.test(characters[i + 1] ?? ""));
    if (!ends) continue;
    sentences.push(sentence.trim());
    sentence = "";
  }
  return sentence.trim() === "" ? sentences : [...sentences, sentence.trim()];
}

export interface Headline {
  /** What stands above the drawing, the largest. */
  readonly headline: string;
  /** What is drawn, where the headline says what is found. */
  readonly subject: string;
  /** What else the figure says of itself. */
  readonly rest: string;
}

/**
 * The sentences that begin with a scheme state what was found, and are the headline as far as it `fits`; of a
 * figure without such a sentence its title is.
 */
export function headlineOf(
  figure: { readonly title: string; readonly caption: string },
  schemes: readonly string[],
  between: string,
  fits: (text: string) => boolean,
): Headline {
  const sentences = sentencesOf(figure.caption);
  const found: string[] = [];
  for (const sentence of sentences) {
    if (!schemes.some((name) => sentence.startsWith(name))) continue;
    if (found.length > 0 && !fits([...found, sentence].join(between))) break;
    found.push(sentence);
  }
  if (found.length === 0) return { headline: figure.title, subject: "", rest: figure.caption };
  const rest = sentences.filter((sentence) => !found.includes(sentence)).join(between);
  return { headline: found.join(between), subject: figure.title, rest };
}
