/** What runs on this machine, from `/proc`: the smallest Linux has no `ps`. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The running children of a process. */
export function childrenOf(parent: number): { pid: number; command: string }[] {
  return pids()
    .filter((pid) => parentOf(pid) === parent)
    .map((pid) => ({ pid, command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }))
}

/** Processes that a launcher with this data folder has started and that still run, and the launcher. */
export function processesOf(folder: string): number[] {
  // Redis writes over its environment, but works in its data folder.
  return pids().filter((pid) => read(pid, 'environ').includes(`INLAY_DATA_DIR=${folder}\0`) || worksIn(pid, folder))
}

/** Whether a process runs; one that has ended and that nobody has asked about does not. */
export function isRunning(pid: number): boolean {
  return parentOf(pid) !== undefined
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** The parent's id; undefined when the process has ended. */
function parentOf(pid: number): number | undefined {
  // The name before these fields may hold anything, even brackets.
  const [state, parent] = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return state === undefined || state === '' || state === 'Z' ? undefined : Number(parent)
}

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return ''
  }
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`)
  } catch {
    return false
  }
}
