import type { Clock } from '../ports/clock.js'

/** How long a store that failed is not asked again. */
const REST_MS = 1000

/** Uses a store that may be away, without failing or waiting when it is. */
export class StoreHealth {
  private restUntil = 0
  private isAway = false

  constructor(
    private readonly clock: Clock,
    private readonly onFailure: ((error: unknown) => void) | undefined,
  ) {}

  /** Resolves to undefined when the store is away. Never rejects. */
  async attempt<T>(use: () => Promise<T>): Promise<T | undefined> {
    if (this.clock.now() < this.restUntil) return undefined
    try {
      const answer = await use()
      this.isAway = false
      return answer
    } catch (error) {
      this.restUntil = this.clock.now() + REST_MS
      if (!this.isAway) this.onFailure?.(error)
      this.isAway = true
      return undefined
    }
  }
}
