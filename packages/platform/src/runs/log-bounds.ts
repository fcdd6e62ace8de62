import type { StepLogEntry } from '@inlay/engine'

/** Of one attempt at a step. */
const LINES_PER_ATTEMPT = 100
const BYTES_PER_ATTEMPT = 32_768
/** Of a run: loops have many steps. */
const LINES_PER_RUN = 1_000
const BYTES_PER_RUN = 262_144
/** Attempts and runs that are counted at once in this process; the longest quiet are forgotten first. */
const MOST_COUNTED = 10_000

/** A line as it is kept. */
export interface Kept {
  readonly level: 'info' | 'warn' | 'cut'
  readonly message: string
  /** JSON. */
  readonly data: string | null
}

interface Count {
  lines: number
  bytes: number
  isCut: boolean
}

/** Counts what was kept of an attempt and of its run, so that a step that logs without end fills no disk. */
export class LogBounds {
  private readonly counts = new Map<string, Count>()

  /** What to keep of a line; undefined for those after the last. */
  take({ runId, stepPath, iteration, attempt, level, message, data }: StepLogEntry): Kept | undefined {
    const ofAttempt = this.count(`${runId} ${stepPath} ${iteration} ${attempt}`)
    const ofRun = this.count(runId)
    if (ofAttempt.isCut || ofRun.isCut) return undefined
    // PostgreSQL's texts hold no U+0000.
    const text = message.replaceAll('\0', '\uFFFD')
    const json = data === undefined ? null : JSON.stringify(data)
    const bytes = Buffer.byteLength(text) + (json === null ? 0 : Buffer.byteLength(json))
    const isFull = (count: Count, lines: number, most: number): boolean =>
      count.lines >= lines || count.bytes + bytes > most
    ofAttempt.isCut = isFull(ofAttempt, LINES_PER_ATTEMPT, BYTES_PER_ATTEMPT)
    ofRun.isCut = isFull(ofRun, LINES_PER_RUN, BYTES_PER_RUN)
    if (ofAttempt.isCut || ofRun.isCut) return { level: 'cut', message: '', data: null }
    for (const count of [ofAttempt, ofRun]) {
      count.lines += 1
      count.bytes += bytes
    }
    return { level, message: text, data: json }
  }

  private count(key: string): Count {
    const count = this.counts.get(key) ?? { lines: 0, bytes: 0, isCut: false }
    this.counts.delete(key)
    this.counts.set(key, count)
    if (this.counts.size > MOST_COUNTED) {
      const [oldest] = this.counts.keys()
      if (oldest !== undefined) this.counts.delete(oldest)
    }
    return count
  }
}
