import type { TenantId } from '../contracts/ids.js'
import type { SandboxRequest } from './messages.js'
import { type Answer, type SandboxProcess, startSandboxProcess } from './sandbox-process.js'

/** What a slot is asked to do. */
export interface SlotJob {
  readonly tenantId: TenantId
  readonly request: SandboxRequest
  /** Kills the process when the job runs. */
  readonly signal: AbortSignal
}

export interface SlotOptions {
  readonly idleMs: number
  readonly jobsPerProcess: number
  /** Milliseconds beyond a job's time-out after which the process is killed; before that, the sandbox stops the code. */
  readonly graceMs: number
}

/** Room for one process at a time. */
export interface ProcessSlot {
  /** Whom its process serves; undefined when it has none. */
  tenantId(): TenantId | undefined
  /** When it was last needed, in milliseconds of `performance.now()`. */
  usedAt(): number
  /**
   * Has the job done by a process that serves nobody but its tenant.
   *
   * @throws StepError `bug`, retryable, when no process starts
   */
  serve(job: SlotJob): Promise<Answer>
  /** Kills the process, if there is one, and waits for its end. */
  close(): Promise<void>
}

/** The text of an output is escaped once more on its way, and the console comes with it. */
const replyBytes = (maxOutputBytes: number): number => 2 * maxOutputBytes + 512 * 1024

/** Makes an empty slot: its process is started for the first job. */
export function createProcessSlot(options: SlotOptions): ProcessSlot {
  let process: SandboxProcess | undefined
  let owner: TenantId | undefined
  let jobsLeft = 0
  /** The next process starts after the last one has gone, so that there never are two. */
  let leaving: Promise<unknown> = Promise.resolve()
  let usedAt = 0
  let idleTimer: NodeJS.Timeout | undefined

  const retire = async (): Promise<void> => {
    process?.end()
    leaving = Promise.all([leaving, process?.exited])
    process = undefined
    owner = undefined
    await leaving
  }

  const processFor = async ({ tenantId, request }: SlotJob): Promise<SandboxProcess> => {
    if (process?.isAlive() && owner === tenantId && jobsLeft > 0) return process
    await retire()
    owner = tenantId
    process = await startSandboxProcess(request.memoryBytes)
    jobsLeft = options.jobsPerProcess
    return process
  }

  return {
    tenantId: () => (process?.isAlive() ? owner : undefined),
    usedAt: () => usedAt,
    async serve(job) {
      clearTimeout(idleTimer)
      try {
        const current = await processFor(job)
        if (job.signal.aborted) return { kind: 'aborted' }
        jobsLeft--
        return await current.ask(`${JSON.stringify(job.request)}\n`, {
          timeoutMs: job.request.timeoutMs + options.graceMs,
          maxReplyBytes: replyBytes(job.request.maxOutputBytes),
          signal: job.signal,
        })
      } finally {
        usedAt = performance.now()
        idleTimer = setTimeout(() => void retire(), options.idleMs).unref()
      }
    },
    async close() {
      clearTimeout(idleTimer)
      await retire()
    },
  }
}
