/** What an activation is called in a sentence or a title. */

/** A formula that is longer is cut: the control has the whole of it. */
const MOST = 40;

/** Its name; one that a reader typed is its formula. */
export function activationText(request: {
  readonly activation: string;
  readonly expression: string;
}): string {
  if (request.activation !== "typed") return request.activation;
  const characters = Array.from(request.expression.trim().replace(/\s+/g, " "));
  return characters.length > MOST
    ? `${characters.slice(0, MOST - 1).join("")}…`
    : characters.join("");
}
