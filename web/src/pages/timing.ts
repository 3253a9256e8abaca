/** How long a run takes: shared by the benchmark page and bench/web. */

/** Nanoseconds a run: the mean over as many as take `enough` milliseconds, for clocks are coarse. */
export async function timePerRun(run: () => unknown, enough: number): Promise<number> {
  const start = performance.now();
  let runs = 0;
  let elapsed = 0;
  do {
    await run();
    ++runs;
    elapsed = performance.now() - start;
  } while (elapsed < enough);
  return (elapsed / runs) * 1e6;
}
