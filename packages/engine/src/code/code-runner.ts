import { StepError } from '../contracts/errors.js'
import type { TenantId } from '../contracts/ids.js'
import type { CodeJob, CodeResult, CodeRunner } from '../ports/code-runner.js'
import { createFairQueue } from './fair-queue.js'
import type { SandboxRequest } from './messages.js'
import { type CodeRunnerOptions, type ResolvedOptions, requestOf, resolveOptions } from './options.js'
import { resultOf } from './outcome.js'
import { createProcessSlot, type ProcessSlot } from './process-slot.js'

/** A code runner that has processes to end. */
export type ProcessCodeRunner = CodeRunner & {
  /** Cancels what waits or runs, and ends the processes; resolves when they are gone. Safe to call twice. */
  close(): Promise<void>
}

interface Task {
  readonly tenantId: TenantId
  readonly request: SandboxRequest
  readonly stop: AbortController
  resolve(result: CodeResult): void
  reject(error: unknown): void
}

/** A slot and who may use it. */
interface Seat {
  readonly slot: ProcessSlot
  isTaken: boolean
  /** Settles when it has no more to do. */
  working: Promise<void>
  /** When others may have it, in milliseconds of `performance.now()`. */
  turnEndsAt: number
}

const RETRY_AFTER_OVERFLOW_MS = 1000

/**
 * Runs code in a pool of child processes, each a Node.js without permissions that holds QuickJS compiled to WebAssembly.
 *
 * Every job gets a fresh QuickJS, and every process serves one tenant; one that exceeds its time is killed. The processes
 * start when they are needed, and do not keep the program alive while they are idle.
 *
 * @throws UserError `code.bad_option` for an option out of its range
 * @example
 * const runner = createCodeRunner()
 * const { output } = await runner.run({ tenantId, source: 'return input.a + input.b', input: { a: 1, b: 2 } })
 * await runner.close()
 */
export function createCodeRunner(options: CodeRunnerOptions = {}): ProcessCodeRunner {
  const settings = resolveOptions(options)
  const seats = Array.from({ length: settings.maxProcesses }, (): Seat => {
    return { slot: createProcessSlot(settings), isTaken: false, working: Promise.resolve(), turnEndsAt: 0 }
  })
  const queue = createFairQueue<Task>(settings)
  const tasks = new Set<Task>()
  let isClosed = false

  const nextFor = (seat: Seat): Task | undefined => {
    const tenantId = seat.slot.tenantId()
    const isTurnOver = performance.now() >= seat.turnEndsAt
    if (tenantId === undefined || (isTurnOver && queue.hasOther(tenantId))) return queue.take()
    return queue.takeFor(tenantId) ?? queue.take()
  }

  const work = async (seat: Seat, first: Task): Promise<void> => {
    seat.isTaken = true
    for (let task: Task | undefined = first; task !== undefined; task = nextFor(seat)) {
      if (seat.slot.tenantId() !== task.tenantId) seat.turnEndsAt = performance.now() + settings.turnMs
      await perform(seat.slot, task)
    }
    seat.isTaken = false
  }

  const cancel = (task: Task, why: string, cause?: unknown): void => {
    queue.remove(task.tenantId, task)
    task.stop.abort()
    task.reject(new StepError('cancelled', why, { cause }))
  }

  const enter = (task: Task): void => {
    const seat = bestSeat(seats, task.tenantId)
    if (seat !== undefined) seat.working = work(seat, task)
    else if (!queue.add(task.tenantId, task)) task.reject(overflow(settings))
  }

  const submit = (job: CodeJob, settle: Pick<Task, 'resolve' | 'reject'>): void => {
    if (isClosed) throw new StepError('cancelled', 'The code runner was closed')
    const onAbort = (): void => cancel(task, 'The code was cancelled', job.signal?.reason)
    const leave = (): void => {
      tasks.delete(task)
      job.signal?.removeEventListener('abort', onAbort)
    }
    const task: Task = {
      tenantId: job.tenantId,
      request: requestOf(job),
      stop: new AbortController(),
      resolve(result) {
        leave()
        settle.resolve(result)
      },
      reject(error) {
        leave()
        settle.reject(error)
      },
    }
    tasks.add(task)
    job.signal?.addEventListener('abort', onAbort, { once: true })
    if (job.signal?.aborted) onAbort()
    else enter(task)
  }

  return {
    run: (job) => new Promise((resolve, reject) => submit(job, { resolve, reject })),
    async close() {
      isClosed = true
      for (const task of tasks) cancel(task, 'The code runner was closed')
      await Promise.all(seats.map(({ working }) => working))
      await Promise.all(seats.map(({ slot }) => slot.close()))
    },
  }
}

function overflow({ maxQueued, maxQueuedPerTenant }: ResolvedOptions): StepError {
  return new StepError('limit', 'Too many code steps wait to run', {
    detail: `At most ${maxQueuedPerTenant} of a tenant and ${maxQueued} in all may wait in one process; try again later.`,
    data: { limit: 'queue' },
    retryable: true,
    retryAfterMs: RETRY_AFTER_OVERFLOW_MS,
  })
}

async function perform(slot: ProcessSlot, task: Task): Promise<void> {
  try {
    task.resolve(resultOf(await slot.serve({ ...task, signal: task.stop.signal }), task.request))
  } catch (error) {
    task.reject(error)
  }
}

/** A free seat whose process serves the tenant, else an empty one, else the one that was not needed for longest. */
function bestSeat(seats: readonly Seat[], tenantId: TenantId): Seat | undefined {
  const free = seats.filter((seat) => !seat.isTaken)
  return (
    free.find(({ slot }) => slot.tenantId() === tenantId) ??
    free.find(({ slot }) => slot.tenantId() === undefined) ??
    free.sort((one, other) => one.slot.usedAt() - other.slot.usedAt())[0]
  )
}
