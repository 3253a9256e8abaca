/** What an activation is called in a sentence or a title. */
import { formatNumber } from "../i18n/numbers.js";

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

/** The same, with the frequency of a sine. */
export function calledWith(request: {
  readonly activation: string;
  readonly expression: string;
  readonly omega_0: number;
}): string {
  const { activation, omega_0: omega } = request;
  if (activation !== "sin") return activationText(request);
  return omega === 1 ? "sin(z)" : `sin(${formatNumber(omega)} z)`;
}
