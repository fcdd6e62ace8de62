import type { TenantId } from '../contracts/ids.js'
import type { SandboxRequest } from './messages.js'
import { DEFAULT_MEMORY_BYTES } from './options.js'
import { type Answer, type SandboxProcess, startSandboxProcess } from './sandbox-process.js'

/** What a slot is asked to do. */
interface SlotJob {
  readonly tenantId: TenantId
  readonly request: SandboxRequest
  /** Kills the process when the job runs. */
  readonly signal: AbortSignal
}

export interface SlotOptions {
  /** Milliseconds without work after which a tenant's process is ended, and one that nobody has asked for. */
  readonly idleMs: number
  readonly readyMs: number
  readonly jobsPerProcess: number
  /** Milliseconds beyond a job's time-out after which the process is killed; before that, the sandbox stops the code. */
  readonly graceMs: number
  /** Called when a tenant's process was ended because it was idle. */
  onVacant(): void
}

/** Room for one process at a time. */
export interface ProcessSlot {
  /** Whom its process serves; undefined when it has none, or one for whoever comes. */
  tenantId(): TenantId | undefined
  /** Whether a process is there, or starting, that serves nobody yet. */
  isStocked(): boolean
  /** When it was last needed, in milliseconds of `performance.now()`. */
  usedAt(): number
  /** Starts a process ahead, for the first tenant that comes. */
  stock(): void
  /**
   * Has the job done by a process that serves nobody but its tenant.
   *
   * @throws StepError `bug`, retryable, when no process starts
   */
  serve(job: SlotJob): Promise<Answer>
  /** Kills the process, if there is one, and waits for its end. */
  close(): Promise<void>
}

/** One process, from the moment it is wanted. */
interface Room {
  readonly started: Promise<SandboxProcess>
  isAlive(): boolean
  owner: TenantId | undefined
  jobsLeft: number
}

/** The text of an output is escaped once more on its way, and the console comes with it. */
const replyBytes = (maxOutputBytes: number): number => 2 * maxOutputBytes + 512 * 1024

/** Makes an empty slot. */
export function createProcessSlot(options: SlotOptions): ProcessSlot {
  return new Slot(options)
}

class Slot implements ProcessSlot {
  #room: Room | undefined
  /** The next process starts after the last one has gone, so that there never are two. */
  #leaving: Promise<unknown> = Promise.resolve()
  #usedAt = 0
  #idleTimer: NodeJS.Timeout | undefined

  constructor(private readonly options: SlotOptions) {}

  tenantId(): TenantId | undefined {
    return this.#living()?.owner
  }

  isStocked(): boolean {
    const current = this.#living()
    return current !== undefined && current.owner === undefined
  }

  usedAt(): number {
    return this.#usedAt
  }

  stock(): void {
    if (this.#living() !== undefined) return
    this.#open(DEFAULT_MEMORY_BYTES)
    this.#retireAfter(this.options.readyMs)
  }

  async serve(job: SlotJob): Promise<Answer> {
    clearTimeout(this.#idleTimer)
    const { idleMs, graceMs } = this.options
    try {
      const process = await this.#processFor(job)
      if (job.signal.aborted) return { kind: 'aborted' }
      return await process.ask(`${JSON.stringify(job.request)}\n`, {
        timeoutMs: job.request.timeoutMs + graceMs,
        maxReplyBytes: replyBytes(job.request.maxOutputBytes),
        signal: job.signal,
      })
    } finally {
      this.#usedAt = performance.now()
      this.#retireAfter(idleMs, () => this.options.onVacant())
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer)
    await this.#retire()
  }

  #living(): Room | undefined {
    return this.#room?.isAlive() ? this.#room : undefined
  }

  #processFor({ tenantId, request }: SlotJob): Promise<SandboxProcess> {
    let current = this.#living()
    if (current === undefined || (current.owner ?? tenantId) !== tenantId || current.jobsLeft === 0) {
      current = this.#open(request.memoryBytes)
    }
    current.owner = tenantId
    current.jobsLeft--
    return current.started
  }

  #open(memoryBytes: number): Room {
    void this.#retire()
    const room = createRoom({ after: this.#leaving, memoryBytes, jobs: this.options.jobsPerProcess })
    this.#room = room
    return room
  }

  async #retire(): Promise<void> {
    this.#leaving = Promise.all([this.#leaving, this.#room && end(this.#room)])
    this.#room = undefined
    await this.#leaving
  }

  #retireAfter(ms: number, onRetired?: () => void): void {
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => void this.#retire().then(onRetired), ms).unref()
  }
}

function createRoom({
  after,
  memoryBytes,
  jobs,
}: {
  after: Promise<unknown>
  memoryBytes: number
  jobs: number
}): Room {
  const started = after.then(() => startSandboxProcess(memoryBytes))
  let isAlive = () => true
  const room: Room = { started, isAlive: () => isAlive(), owner: undefined, jobsLeft: jobs }
  started.then(
    (process) => {
      isAlive = () => process.isAlive()
    },
    () => {
      isAlive = () => false
    },
  )
  return room
}

async function end({ started }: Room): Promise<void> {
  const process = await started.catch(() => undefined)
  process?.end()
  await process?.exited
}
