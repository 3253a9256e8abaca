/** How long something has been shown that is not the newest: short work is not worth a word. */

/** Time after which work counts as long and is spoken of, in milliseconds. */
export const SHORT = 100;

export class Age {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private old = false;

  constructor(private readonly onOld: () => void) {}

  /** Whether what is shown is to be named as the last answer. */
  get late(): boolean {
    return this.old;
  }

  /**
   * Takes in what is so now. Answers that follow a drag within the time never count as old; once
   * one does, it does until the newest is there, so that nothing flickers.
   */
  note(outdated: boolean, arrived: boolean): void {
    if (!outdated || arrived) this.stop();
    if (!outdated) this.old = false;
    else if (!this.old)
      this.timer ??= setTimeout(() => {
        this.old = true;
        this.onOld();
      }, SHORT);
  }

  forget(): void {
    this.stop();
    this.old = false;
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
