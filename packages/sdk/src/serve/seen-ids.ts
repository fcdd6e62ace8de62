/** Ids that were seen lately. */
export class SeenIds {
  private readonly seen = new Map<string, number>()

  /** @param keepMs how long an id is remembered */
  constructor(private readonly keepMs: number) {}

  /** @returns whether the id is new */
  add(id: string, now: number): boolean {
    // Ids are kept in the order of their coming: the oldest are first.
    for (const [old, at] of this.seen) {
      if (at > now - this.keepMs) break
      this.seen.delete(old)
    }
    if (this.seen.has(id)) return false
    this.seen.set(id, now)
    return true
  }
}
