import type { PieceCall } from '../protocol.js'
import { findInstalledPiece, type InstalledPiece, type PieceReference } from './piece-package.js'
import {
  type CallOptions,
  type CallOutcome,
  type PieceProcess,
  type ProcessLimits,
  startPieceProcess,
} from './piece-process.js'

/** How pieces run. */
export interface PieceHostOptions {
  /** Where a piece was installed: the folder in which `npm install` ran. Never derived from what tenants say. */
  folderOf(piece: PieceReference): string
  /** Processes at the same time; a further call waits. @default 4 */
  readonly maxProcesses?: number
  /** Milliseconds after which a process without calls is ended. @default 60_000 */
  readonly idleMs?: number
  /** Milliseconds until a call's process is killed. @default 120_000 */
  readonly callTimeoutMs?: number
  /** @default 256 */
  readonly heapMegabytes?: number
  /** Of one message between a piece and its parent; files and answers of services are in them. @default 32 MiB */
  readonly maxMessageBytes?: number
  /** Milliseconds for a piece to load. @default 30_000 */
  readonly startTimeoutMs?: number
}

/** For whom a call is made, and with what. */
export type HostCall = Omit<CallOptions, 'timeoutMs'> & {
  /** Calls of different owners never share a process. */
  readonly owner: string
}

/** Runs pieces in confined processes: one piece and one owner to a process. */
export interface PieceHost {
  /** @throws StepError `validation` when it is not installed as pinned */
  find(piece: PieceReference): InstalledPiece
  /** @throws StepError `bug` when the piece does not load */
  call(piece: InstalledPiece, call: PieceCall, options: HostCall): Promise<CallOutcome>
  /** Ends all processes. */
  close(): Promise<void>
}

interface Place {
  readonly key: string
  readonly process: PieceProcess
  isBusy: boolean
  timer?: NodeJS.Timeout
}

const DEFAULTS = {
  maxProcesses: 4,
  idleMs: 60_000,
  callTimeoutMs: 120_000,
  heapMegabytes: 256,
  maxMessageBytes: 32 * 1024 * 1024,
  startTimeoutMs: 30_000,
}

/** Makes a host; close it when its program ends. */
export function createPieceHost(given: PieceHostOptions): PieceHost {
  const options = { ...DEFAULTS, ...given }
  const places = new Places(options)
  const enter = createGate(options.maxProcesses)
  return {
    find: (piece) => findInstalledPiece(options.folderOf(piece), piece),
    call: (piece, call, { owner, ...callOptions }) =>
      enter(async () => {
        const place = await places.take(piece, JSON.stringify([piece.folder, piece.name, piece.version, owner]))
        try {
          return await place.process.call(call, { ...callOptions, timeoutMs: options.callTimeoutMs })
        } finally {
          await places.giveBack(place)
        }
      }),
    close: () => places.close(),
  }
}

/** The processes that there are: one that has nothing to do is kept for its owner, until another needs its place. */
class Places {
  readonly #all = new Set<Place>()
  #starting = 0

  constructor(private readonly options: ProcessLimits & { readonly maxProcesses: number; readonly idleMs: number }) {}

  async take(piece: InstalledPiece, key: string): Promise<Place> {
    const idle = [...this.#all].find((place) => !place.isBusy && place.key === key && place.process.isAlive())
    if (idle === undefined) return this.#start(piece, key)
    clearTimeout(idle.timer)
    idle.isBusy = true
    return idle
  }

  async giveBack(place: Place): Promise<void> {
    place.isBusy = false
    if (!place.process.isAlive()) return this.#remove(place)
    place.timer = setTimeout(() => void this.#remove(place), this.options.idleMs)
    place.timer.unref()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((place) => this.#remove(place)))
  }

  async #start(piece: InstalledPiece, key: string): Promise<Place> {
    this.#starting += 1
    try {
      const others = [...this.#all].filter(({ isBusy }) => !isBusy)
      const surplus = this.#all.size + this.#starting - this.options.maxProcesses
      // Its end is waited for: memory of two processes must not stand in one's place.
      for (const other of others.slice(0, Math.max(0, surplus))) if (!other.isBusy) await this.#remove(other)
      const place = { key, process: await startPieceProcess(piece, this.options), isBusy: true }
      this.#all.add(place)
      return place
    } finally {
      this.#starting -= 1
    }
  }

  #remove(place: Place): Promise<void> {
    clearTimeout(place.timer)
    this.#all.delete(place)
    return place.process.end()
  }
}

/** Lets so many in at a time; the others wait for their turn. */
function createGate(room: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let taken = 0
  return async (work) => {
    if (taken >= room) await new Promise<void>((resolve) => waiting.push(resolve))
    else taken += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The room goes over to who waits, so that nobody takes it in between.
      if (next === undefined) taken -= 1
      else next()
    }
  }
}
