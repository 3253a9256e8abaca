/** A print waits for nothing, but whoever asks for it moves a pointer or presses a key before. */

/** Calls `ready` at the first of these, or at both; what it needs and did not come is not on paper. */
export function beforePrints(ready: () => Promise<void>): void {
  const attempt = () => void ready().catch(() => undefined);
  for (const sign of ["pointermove", "keydown"]) addEventListener(sign, attempt, { once: true });
}
