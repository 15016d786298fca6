/** Lets at most so many jobs run at a time; the others wait in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    await this.take();
    try {
      return await job();
    } finally {
      this.give();
    }
  }

  /** Waits for a place, which {@link give} gives back. */
  async take(): Promise<void> {
    if (!this.tryTake()) await new Promise<void>((start) => this.#waiting.push(start));
  }

  /** A place that is free now, or none. */
  tryTake(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  give(): void {
    // The place goes to the next in line, without being free in between.
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
