import type { ChildProcess } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT } from '../paths.js'
import { spawnService, stopProcess } from '../services/service.js'

const MIN_BACK_OFF_MS = 500
const MAX_BACK_OFF_MS = 15_000
/** A process that lived this long was well; the next restart comes soon again. */
const HEALTHY_MS = 30_000

export interface SupervisedProcess {
  readonly name: string
  /** A path below the checkout, so that its command line says what it is. */
  readonly script: string
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
}

/** Keeps a process running until it is stopped; restarts it with a growing pause when it dies. */
export class Supervisor {
  private child: ChildProcess | undefined
  private stopping = false

  constructor(private readonly what: SupervisedProcess) {}

  start(backOffMs = MIN_BACK_OFF_MS): void {
    const { script, env, logFile, name } = this.what
    const startedAt = Date.now()
    const child = spawnService(process.execPath, [script], { cwd: ROOT, env, logFile })
    this.child = child
    child.once('exit', (code, signal) => {
      if (this.stopping) return
      const wait = Date.now() - startedAt > HEALTHY_MS ? MIN_BACK_OFF_MS : backOffMs
      console.error(`The ${name} ended (${signal ?? `code ${code}`}) and is started again. ${lastLine(logFile)}`)
      void delay(wait).then(() => {
        if (!this.stopping) this.start(Math.min(wait * 2, MAX_BACK_OFF_MS))
      })
    })
  }

  async stop(): Promise<void> {
    this.stopping = true
    if (this.child !== undefined) await stopProcess(this.child)
  }
}

function lastLine(file: string): string {
  try {
    if (statSync(file).size === 0) return ''
    return readFileSync(file, 'utf8').trim().split('\n').at(-1)?.slice(0, 300) ?? ''
  } catch {
    return ''
  }
}
