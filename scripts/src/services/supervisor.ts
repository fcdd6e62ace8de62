import { type ChildProcess, type SpawnOptions, type StdioOptions, spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Refusal } from '../failure.js'
import { lastWords } from './last-words.js'
import { forgetProcess, recordProcess } from './process-records.js'

const READY_TIMEOUT_MS = 60_000
const READY_POLL_MS = 30
const KILL_AFTER_MS = 15_000
const MIN_BACK_OFF_MS = 500
const MAX_BACK_OFF_MS = 15_000
/** A process that lived this long was well; the next restart comes soon again. */
const HEALTHY_MS = 30_000

/** A process that has to run for as long as the command does. */
export interface SupervisedProcess {
  /** Names its log, `logs/<name>.log` in the folder. */
  readonly name: string
  readonly folder: string
  readonly program: string
  readonly args: readonly string[]
  /** A text that its command line holds for as long as it lives. */
  readonly mark: string
  readonly spawn?: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>
  /** @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals
  /** Whether it can be used now; asked until it can. @default it has sent a message, as our own processes do */
  readonly isReady?: () => Promise<boolean>
}

/** A process that ended, or did nothing, before it was ready. */
export class StartFailure extends Refusal {
  constructor(
    readonly reason: string,
    what: SupervisedProcess,
  ) {
    super(
      `The ${what.name} could not be started (${reason}): correct that and start again; all it said is in ${logOf(what)}.`,
    )
  }
}

/** Keeps a process running until it is stopped: once it was ready, it is started again whenever it dies. */
export class Supervisor {
  private child: ChildProcess | undefined
  private phase: 'starting' | 'running' | 'stopping' = 'starting'
  private hasEnded = false
  private hasSpoken = false
  /** Where in the log the words of this process begin, in bytes. */
  private logStart = 0

  constructor(private readonly what: SupervisedProcess) {}

  /** Starts the process and waits until it is ready. @throws StartFailure */
  async start(): Promise<void> {
    this.launch(MIN_BACK_OFF_MS)
    const deadline = Date.now() + READY_TIMEOUT_MS
    while (!(await this.isReady())) {
      if (this.hasEnded)
        throw new StartFailure(lastWords(logOf(this.what), this.logStart) || 'it said nothing', this.what)
      if (Date.now() > deadline) throw new StartFailure('it was not ready within a minute', this.what)
      await delay(READY_POLL_MS)
    }
    if (this.phase === 'starting') this.phase = 'running'
  }

  /** Asks the process to end, and after a while insists. Safe to call twice. */
  async stop(): Promise<void> {
    this.phase = 'stopping'
    const { child } = this
    if (child === undefined || this.hasEnded) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
      child.once('exit', () => {
        clearTimeout(timer)
        resolve()
      })
      child.kill(this.what.stopSignal ?? 'SIGTERM')
    })
  }

  private async isReady(): Promise<boolean> {
    if (this.hasEnded) return false
    return this.what.isReady === undefined ? this.hasSpoken : this.what.isReady()
  }

  private launch(backOffMs: number): void {
    const startedAt = Date.now()
    const child = this.spawn()
    this.child = child
    this.hasEnded = false
    child.once('message', () => {
      this.hasSpoken = true
    })
    const ended = (how: string): void => {
      this.hasEnded = true
      forgetProcess(this.what.folder, this.what.name)
      if (this.phase === 'running')
        this.launchAgain(how, Date.now() - startedAt > HEALTHY_MS ? MIN_BACK_OFF_MS : backOffMs)
    }
    child.once('error', (error) => ended(error.message))
    child.once('exit', (code, signal) => ended(signal ?? `code ${code}`))
  }

  private launchAgain(how: string, backOffMs: number): void {
    const words = lastWords(logOf(this.what), this.logStart)
    console.error(`The ${this.what.name} ended (${how}) and is started again${words === '' ? '' : `: ${words}`}.`)
    void delay(backOffMs).then(() => {
      if (this.phase === 'running') this.launch(Math.min(backOffMs * 2, MAX_BACK_OFF_MS))
    })
  }

  /**
   * In a session of its own, so that a Ctrl-C in the terminal reaches the launcher only, which then stops everything in
   * order.
   */
  private spawn(): ChildProcess {
    const { folder, name, program, args, mark, stopSignal = 'SIGTERM', isReady } = this.what
    mkdirSync(join(folder, 'logs'), { recursive: true })
    const log = openSync(logOf(this.what), 'a')
    this.logStart = fstatSync(log).size
    const stdio: StdioOptions = isReady === undefined ? ['ignore', log, log, 'ipc'] : ['ignore', log, log]
    const child = spawn(program, args, { ...this.what.spawn, detached: true, stdio })
    closeSync(log)
    if (child.pid !== undefined) recordProcess(folder, name, { pid: child.pid, mark, stopSignal })
    return child
  }
}

function logOf({ folder, name }: SupervisedProcess): string {
  return join(folder, 'logs', `${name}.log`)
}
