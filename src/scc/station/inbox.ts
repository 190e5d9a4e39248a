/** What several pieces of work tell, in the order in which they told it, for one reader. */
export class Inbox<E> {
  readonly #events: E[] = [];
  #ended = false;
  #ring: () => void = () => undefined;

  put(event: E): void {
    this.#events.push(event);
    this.#ring();
  }

  /** Nothing more will come. */
  end(): void {
    this.#ended = true;
    this.#ring();
  }

  async *read(): AsyncGenerator<E, void, undefined> {
    for (;;) {
      for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) yield event;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
      });
    }
  }
}
