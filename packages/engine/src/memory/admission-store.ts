import { nextFree, type RateHistory, withStart } from '../admission/rate-window.js'
import { gathered, type TriggerBuffer } from '../admission/trigger-buffer.js'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type {
  AdmissionStore,
  GatheredRun,
  GatheredTrigger,
  RateAnswer,
  RateClaim,
  TriggerToGather,
} from '../ports/admission-store.js'
import type { Clock } from '../ports/clock.js'

const GIVE_AGAIN_MS = 30_000

/** Rates and buffers in this process's memory: for tests, and for hosts that can afford to lose triggers. */
export function createMemoryAdmissionStore({ clock }: { clock: Clock }): AdmissionStore {
  return new MemoryAdmissionStore(clock)
}

interface StoredBuffer {
  buffer: TriggerBuffer
  readonly triggers: JsonValue[]
}

class MemoryAdmissionStore implements AdmissionStore {
  private readonly rates = new Map<string, RateHistory>()
  private readonly open = new Map<string, StoredBuffer>()
  private readonly buffers = new Map<RunId, StoredBuffer>()
  private readonly seen = new Map<string, RunId>()

  constructor(private readonly clock: Clock) {}

  async take({ tenantId, key, onExcess, ...rate }: RateClaim): Promise<RateAnswer> {
    const now = this.clock.now()
    const place = `${tenantId}\n${key}`
    const history = this.rates.get(place) ?? []
    const at = nextFree(history, rate, now)
    const isTaken = at <= now || onExcess === 'queue'
    if (isTaken) this.rates.set(place, withStart(history, rate, { at, now }))
    return { isTaken, delayMs: at - now }
  }

  async gather(given: TriggerToGather): Promise<GatheredTrigger> {
    const { tenantId, customerId, workflowId } = given.run
    const once = given.deduplicationKey && `${tenantId}\n${workflowId}\n${given.deduplicationKey}`
    const known = once === undefined ? undefined : this.seen.get(once)
    if (known !== undefined) return { runId: known, created: false, isFull: false }
    const place = `${tenantId}\n${customerId}\n${workflowId}\n${given.key}`
    const stored = this.open.get(place)
    const { buffer, closed } = gathered(stored?.buffer, given, this.clock.now())
    if (stored !== undefined && closed !== undefined) stored.buffer = closed
    const { runId } = buffer.run
    this.keep(runId, buffer, given)
    const kept = this.buffers.get(runId)
    if (buffer.isClosed || kept === undefined) this.open.delete(place)
    else this.open.set(place, kept)
    if (once !== undefined) this.seen.set(once, runId)
    return { runId, created: true, isFull: buffer.isClosed }
  }

  async due({ limit, runId }: { limit: number; runId?: RunId }): Promise<GatheredRun[]> {
    const now = this.clock.now()
    const due = [...this.buffers.values()]
      .filter(({ buffer }) => buffer.dueAt <= now && (runId === undefined || buffer.run.runId === runId))
      .sort((a, b) => a.buffer.dueAt - b.buffer.dueAt)
      .slice(0, limit)
    const dueRuns = new Set(due)
    for (const [place, stored] of this.open) if (dueRuns.has(stored)) this.open.delete(place)
    return due.map((stored) => {
      stored.buffer = { ...stored.buffer, isClosed: true, dueAt: now + GIVE_AGAIN_MS }
      return { run: stored.buffer.run, kind: stored.buffer.kind, triggers: [...stored.triggers] }
    })
  }

  async done(runIds: readonly RunId[]): Promise<void> {
    for (const runId of runIds) this.buffers.delete(runId)
  }

  private keep(runId: RunId, buffer: TriggerBuffer, { trigger, policy }: TriggerToGather): void {
    const kept = this.buffers.get(runId)
    if (kept === undefined) {
      this.buffers.set(runId, { buffer, triggers: [trigger] })
      return
    }
    kept.buffer = buffer
    if (policy.kind === 'last') kept.triggers.length = 0
    kept.triggers.push(trigger)
  }
}
