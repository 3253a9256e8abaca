/** What an activation is called in a sentence or a title. */

/** A text that is longer is cut: its control has the whole of it. */
const MOST = 40;

/** The text of a field as a sentence has room for it. */
export function inSentence(text: string): string {
  const characters = Array.from(text.trim().replace(/\s/g, " "));
  return characters.length > MOST
    ? `${characters.slice(0, MOST - 1).join("")}…`
    : characters.join("");
}

/** Its name; one that a reader typed is its formula. */
export function activationText(request: {
  readonly activation: string;
  readonly expression: string;
}): string {
  return request.activation === "typed" ? inSentence(request.expression) : request.activation;
}
