/**
 * Questions that come faster than they are answered: one is under way at a time, and the newest that came
 * meanwhile is next. Those between are never asked.
 */
export class Newest<Question, Answer> {
  private waiting: { readonly question: Question } | undefined;
  /** Changes when what is under way is of no interest any more. */
  private turn = {};
  private asking = false;

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    /** Told of each answer; of a question that failed, nothing. */
    private readonly told: (answer: Answer | undefined, question: Question) => void,
  ) {}

  put(question: Question): void {
    this.waiting = { question };
    if (!this.asking) void this.next();
  }

  /** Forgets what waits, and what is under way: nobody is told of it. */
  drop(): void {
    this.waiting = undefined;
    this.turn = {};
  }

  private async next(): Promise<void> {
    this.asking = true;
    try {
      while (this.waiting) {
        const { question } = this.waiting;
        this.waiting = undefined;
        const { turn } = this;
        const answer = await this.ask(question).catch(() => undefined);
        if (turn === this.turn) this.told(answer, question);
      }
    } finally {
      this.asking = false;
      if (this.waiting) void this.next(); // whoever was told threw: that ends none but its own
    }
  }
}
