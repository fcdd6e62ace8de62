/** Notes on the processes that were started from a data folder, so that a killed launcher's can be found and ended. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { capture } from '../command.js'

const KILL_AFTER_MS = 15_000

/** What is known of a process. */
export interface ProcessRecord {
  readonly pid: number
  /** A text that its command line holds: process ids are used again. */
  readonly mark: string
  readonly stopSignal: NodeJS.Signals
}

export function recordProcess(folder: string, name: string, record: ProcessRecord): void {
  mkdirSync(recordsIn(folder), { recursive: true })
  writeFileSync(join(recordsIn(folder), name), JSON.stringify(record))
}

export function forgetProcess(folder: string, name: string): void {
  rmSync(join(recordsIn(folder), name), { force: true })
}

/** Ends what a launcher that was killed has left running, last started first. */
export async function stopLeftovers(folder: string): Promise<void> {
  const records = recordsIn(folder)
  if (!existsSync(records)) return
  const startedAt = (name: string): number => statSync(join(records, name)).mtimeMs
  for (const name of readdirSync(records).sort((a, b) => startedAt(b) - startedAt(a))) {
    const record = readRecord(join(records, name))
    if (record !== undefined) await endProcess(record)
    forgetProcess(folder, name)
  }
}

/** The command line of a running process; undefined when there is none of this id. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (existsSync('/proc/self/cmdline')) {
    const file = `/proc/${pid}/cmdline`
    return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : undefined
  }
  const { code, output } = await capture('ps', ['-o', 'args=', '-p', String(pid)])
  return code === 0 ? output.trim() : undefined
}

async function endProcess({ pid, mark, stopSignal }: ProcessRecord): Promise<void> {
  const isRunning = async (): Promise<boolean> => (await commandLineOf(pid))?.includes(mark) === true
  const killAt = Date.now() + KILL_AFTER_MS
  if (!(await isRunning())) return
  process.kill(pid, stopSignal)
  while (await isRunning()) {
    if (Date.now() > killAt) process.kill(pid, 'SIGKILL')
    await delay(50)
  }
}

/** A record that was cut short by a crash counts as none. */
function readRecord(file: string): ProcessRecord | undefined {
  try {
    // `recordProcess` wrote it.
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord
  } catch {
    return undefined
  }
}

function recordsIn(folder: string): string {
  return join(folder, 'processes')
}
