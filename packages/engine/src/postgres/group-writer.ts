import { setTimeout as delay } from 'node:timers/promises'
import { isEntryError, isTransientError } from './database-errors.js'

/** Flushes under way at once: while one commits, the next gathers. */
const MAX_FLUSHES = 2
/** Entries that are worth a flush of their own. */
const FULL_BATCH = 100
const MAX_BATCH = 500
const RETRY_DELAYS_MS = [50, 200, 500, 1000, 2000, 4000]

interface Waiting<Entry, Answer> {
  readonly entry: Entry
  readonly key: string
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Writes a batch in one commit. Answers, per entry and in order, a value or the error that concerns that entry alone. */
export type Flush<Entry, Answer> = (
  entries: readonly Entry[],
  context: { readonly isRetry: boolean },
) => Promise<readonly (Answer | Error)[]>

/**
 * Group commit: entries of all callers in the process share commits. An entry waits only while all flushes are under
 * way; an idle writer writes at once. Entries of one key are written one after the other, in the order they came. When
 * the connection breaks the batch is written again, so flushes must be safe to repeat after an unknown outcome. An entry
 * whose data the database refuses does not take the others down.
 */
export class GroupWriter<Entry, Answer> {
  private queue: Waiting<Entry, Answer>[] = []
  private readonly busyKeys = new Set<string>()
  private flushing = 0
  private isScheduled = false

  constructor(
    private readonly flush: Flush<Entry, Answer>,
    private readonly keyOf: (entry: Entry) => string,
  ) {}

  write(entry: Entry): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.queue.push({ entry, key: this.keyOf(entry), resolve, reject })
      // A full batch need not wait for the end of the turn: the database works on it while the turn goes on.
      if (this.queue.length >= FULL_BATCH && this.flushing < MAX_FLUSHES) void this.drain()
      else this.schedule()
    })
  }

  /** Everything that is added in this turn of the event loop goes into one batch. */
  private schedule(): void {
    if (this.isScheduled || this.flushing >= MAX_FLUSHES) return
    this.isScheduled = true
    setImmediate(() => {
      this.isScheduled = false
      void this.drain()
    })
  }

  private async drain(): Promise<void> {
    if (this.flushing >= MAX_FLUSHES) return
    const batch = this.takeBatch()
    if (batch.length === 0) return
    this.flushing += 1
    try {
      await this.settle(batch)
    } finally {
      this.flushing -= 1
      for (const { key } of batch) this.busyKeys.delete(key)
      if (this.queue.length > 0) this.schedule()
    }
  }

  /** The longest-waiting entries, one per key; what is left of a key waits until its turn before has been written. */
  private takeBatch(): readonly Waiting<Entry, Answer>[] {
    const batch: Waiting<Entry, Answer>[] = []
    const left: Waiting<Entry, Answer>[] = []
    for (const waiting of this.queue) {
      if (batch.length >= MAX_BATCH || this.busyKeys.has(waiting.key)) left.push(waiting)
      else {
        this.busyKeys.add(waiting.key)
        batch.push(waiting)
      }
    }
    this.queue = left
    return batch
  }

  private async settle(batch: readonly Waiting<Entry, Answer>[]): Promise<void> {
    try {
      const answers = await this.flushWithRetry(batch.map(({ entry }) => entry))
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index]
        if (answer instanceof Error) reject(answer)
        // The flush answers every entry; an answer may itself be undefined.
        else resolve(answer as Answer)
      }
    } catch (error) {
      if (batch.length > 1 && isEntryError(error)) await this.settleHalves(batch)
      else for (const { reject } of batch) reject(error)
    }
  }

  /** Narrows a refusal down to the entries that cause it; a few more flushes instead of one for each entry. */
  private async settleHalves(batch: readonly Waiting<Entry, Answer>[]): Promise<void> {
    const middle = batch.length >> 1
    await this.settle(batch.slice(0, middle))
    await this.settle(batch.slice(middle))
  }

  private async flushWithRetry(entries: readonly Entry[]): Promise<readonly (Answer | Error)[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.flush(entries, { isRetry: attempt > 0 })
      } catch (error) {
        const delayMs = RETRY_DELAYS_MS[attempt]
        if (delayMs === undefined || !isTransientError(error)) throw error
        await delay(delayMs)
      }
    }
  }
}
