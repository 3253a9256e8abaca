/** Promises that are rejected while nobody listens. */

/** What is rejected unheard while something is done, and in the turn after it; vitest is not told. */
export async function unheardIn(act: () => Promise<void>): Promise<unknown[]> {
  const event = "unhandledRejection";
  const others = process.rawListeners(event) as ((reason: unknown) => void)[];
  const unheard: unknown[] = [];
  process.removeAllListeners(event);
  process.on(event, (reason) => unheard.push(reason));
  try {
    await act();
    await new Promise((later) => setTimeout(later));
  } finally {
    process.removeAllListeners(event);
    for (const listener of others) process.on(event, listener);
  }
  return unheard;
}
