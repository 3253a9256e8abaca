/** Whether the page is being printed, which waits for nothing and is on light paper. */
let now = false;
addEventListener("beforeprint", () => (now = true));
addEventListener("afterprint", () => (now = false));

export const printing = (): boolean => now;
