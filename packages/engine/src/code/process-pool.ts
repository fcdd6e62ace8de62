import type { TenantId } from '../contracts/ids.js'
import { createFairQueue } from './fair-queue.js'
import type { SandboxRequest } from './messages.js'
import type { ResolvedOptions } from './options.js'
import { createProcessSlot, type ProcessSlot } from './process-slot.js'
import type { Answer } from './sandbox-process.js'

/** Work for a process, and whom to tell what came of it. */
export interface PoolTask {
  readonly tenantId: TenantId
  readonly request: SandboxRequest
  /** Kills the process when the task runs. */
  readonly signal: AbortSignal
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** Processes, and what waits for them. */
export interface ProcessPool {
  /** Begins the task, or lets it wait; false when too many wait. */
  enter(task: PoolTask): boolean
  /** Takes a task away from those that wait. */
  withdraw(task: PoolTask): void
  /** Waits for what runs, and ends the processes. */
  close(): Promise<void>
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

/** Shares processes out between tenants: each has its own, and while others wait, for one turn at a time. */
export function createProcessPool(settings: ResolvedOptions): ProcessPool {
  const seats = Array.from({ length: settings.maxProcesses }, (): Seat => {
    const slot = createProcessSlot({ ...settings, onVacant: () => stock() })
    return { slot, isTaken: false, working: Promise.resolve(), turnEndsAt: 0 }
  })
  const queue = createFairQueue<PoolTask>(settings)
  let isClosed = false

  const stock = (): void => {
    const ready = seats.filter(({ slot }) => slot.isStocked()).length
    const empty = seats.find(({ slot, isTaken }) => !isTaken && slot.tenantId() === undefined && !slot.isStocked())
    if (!isClosed && ready < settings.keepReady) empty?.slot.stock()
  }

  const nextFor = (seat: Seat): PoolTask | undefined => {
    const tenantId = seat.slot.tenantId()
    const isTurnOver = performance.now() >= seat.turnEndsAt
    if (tenantId === undefined || (isTurnOver && queue.hasOther(tenantId))) return queue.take()
    return queue.takeFor(tenantId) ?? queue.take()
  }

  const work = async (seat: Seat, first: PoolTask): Promise<void> => {
    seat.isTaken = true
    let task: PoolTask | undefined = first
    while (task !== undefined) {
      if (seat.slot.tenantId() !== task.tenantId) seat.turnEndsAt = performance.now() + settings.turnMs
      const settle = await perform(seat.slot, task)
      task = nextFor(seat)
      seat.isTaken = task !== undefined
      // Last, so that a caller who goes on with another job finds this process, not a new one.
      settle()
    }
    stock()
  }

  return {
    enter(task) {
      const seat = bestSeat(seats, task.tenantId)
      if (seat === undefined) return queue.add(task.tenantId, task)
      seat.working = work(seat, task)
      return true
    },
    withdraw: (task) => queue.remove(task.tenantId, task),
    async close() {
      isClosed = true
      await Promise.all(seats.map(({ working }) => working))
      await Promise.all(seats.map(({ slot }) => slot.close()))
    },
  }
}

/** Has a task done; the function that this resolves to tells what came of it. */
async function perform(slot: ProcessSlot, task: PoolTask): Promise<() => void> {
  try {
    const answer = await slot.serve(task)
    return () => task.resolve(answer)
  } catch (error) {
    return () => task.reject(error)
  }
}

/** A free seat whose process serves the tenant, else a ready one, else an empty one, else what was idle for longest. */
function bestSeat(seats: readonly Seat[], tenantId: TenantId): Seat | undefined {
  const free = seats.filter((seat) => !seat.isTaken)
  return (
    free.find(({ slot }) => slot.tenantId() === tenantId) ??
    free.find(({ slot }) => slot.isStocked()) ??
    free.find(({ slot }) => slot.tenantId() === undefined) ??
    free.sort((one, other) => one.slot.usedAt() - other.slot.usedAt())[0]
  )
}
