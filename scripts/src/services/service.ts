import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** A server that was started for us. */
export interface Service {
  readonly url: string
  stop(): Promise<void>
}

const KILL_AFTER_MS = 15_000

/**
 * Starts a server in a session of its own, its output going to a file. A Ctrl-C in the terminal reaches the launcher
 * only, which then stops everything in order.
 */
export function spawnService(
  program: string,
  args: readonly string[],
  options: SpawnOptions & { logFile: string },
): ChildProcess {
  const { logFile, ...spawnOptions } = options
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a')
  return spawn(program, args, { ...spawnOptions, detached: true, stdio: ['ignore', log, log] })
}

/** Asks a process to end, and after a while insists. */
export function stopProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill(signal)
  })
}
