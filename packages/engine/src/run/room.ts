/** How many runs may be in progress at once: who wants to begin more waits. */
export class Room {
  #taken = 0
  #isClosed = false
  readonly #waiting: (() => void)[] = []

  constructor(private readonly size: number) {}

  /** How many are in progress, or about to be. */
  get taken(): number {
    return this.#taken
  }

  /** Takes one place, whether there is room or not. */
  takeOne(): void {
    this.#taken += 1
  }

  /** Waits until there is a place at least, and takes up to as many as are wanted. After `close` there always is. */
  async take(wanted: number): Promise<number> {
    while (this.#taken >= this.size && !this.#isClosed) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    const count = this.#isClosed ? wanted : Math.min(wanted, this.size - this.#taken)
    this.#taken += count
    return count
  }

  give(count: number): void {
    if (count === 0) return
    this.#taken -= count
    for (const wake of this.#waiting.splice(0, count)) wake()
  }

  /** Lets everybody in who waits: they find out by themselves that nothing begins any more. */
  close(): void {
    this.#isClosed = true
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
