/** A process of the simulated hosts: yields the milliseconds to wait until its next step. */
export type Process<T = void> = Generator<number, T, undefined>;

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Runs what is due, in the order of time, whenever the clock has moved. */
export class Schedule {
  readonly #due: Due[] = [];
  #now: number;
  #count = 0;

  constructor(start: number) {
    this.#now = start;
  }

  /** The moment of the step that runs; between steps, the last moment the schedule was brought to. */
  get now(): number {
    return this.#now;
  }

  /** Runs something at a moment. */
  at(moment: number, run: () => void): void {
    this.#count += 1;
    const due = { at: moment, order: this.#count, run };
    const place = this.#due.findIndex((other) => other.at > moment);
    if (place === -1) this.#due.push(due);
    else this.#due.splice(place, 0, due);
  }

  /** Starts a process; its exceptions end the process alone. */
  start(process: Process): void {
    const step = (): void => {
      const next = process.next();
      if (next.done !== true && next.value !== Infinity) this.at(this.#now + next.value, step);
    };
    step();
  }

  /** Runs everything that is due up to a moment. */
  runUntil(moment: number): void {
    for (let first = this.#due[0]; first !== undefined && first.at <= moment; first = this.#due[0]) {
      this.#due.shift();
      this.#now = Math.max(this.#now, first.at);
      first.run();
    }
    this.#now = Math.max(this.#now, moment);
  }
}
