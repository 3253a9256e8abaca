/** The audit's state as text: which example is shown, or that it is a file of the reader's own; which tensor is open. */

/** Checkpoints that come with the page: `web/scripts/checkpoint-files.mjs` makes them. */
export const EXAMPLES = ["frozen", "untrained", "wrong-fan", "underflow"] as const;
export type Example = (typeof EXAMPLES)[number];

export interface AuditState {
  /** "own": files that a reader gave, which no text holds. */
  readonly example: Example | "own";
  /** Name of the tensor that is open; "" for none. */
  readonly tensor: string;
}

const isExample = (text: string | null): text is Example =>
  EXAMPLES.some((example) => example === text);

/** Longest name of a tensor that a link holds, in UTF-16 units. */
const MOST_NAME = 400;

/** Anything may come in: what is not known is the first example, with no tensor open. */
export function parseAuditState(text: string): AuditState {
  const keys = new URLSearchParams(text);
  const named = keys.get("example");
  return {
    example: named === "own" || isExample(named) ? named : EXAMPLES[0],
    tensor: (keys.get("tensor") ?? "").slice(0, MOST_NAME),
  };
}

/** The shortest text that says this. */
export function formatAuditState({ example, tensor }: AuditState): string {
  return [
    "v=1",
    ...(example === EXAMPLES[0] ? [] : [`example=${example}`]),
    ...(tensor === "" || tensor.length > MOST_NAME ? [] : [`tensor=${encodeURIComponent(tensor)}`]),
  ].join("&");
}
