import { readdirSync, readFileSync } from 'node:fs'

/** Kernel ticks a second, in which `/proc` counts processor time; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** A process of the product. */
export interface ObservedProcess {
  /** Resident memory now, in MiB. */
  residentMiB(): number
  /** Processor time used so far, in seconds. */
  cpuSeconds(): number
}

/**
 * Finds a descendant of a process by a part of its command line. Reads `/proc`, so it finds nothing elsewhere than on
 * Linux.
 */
export function findDescendant(ancestorPid: number, commandPart: string): ObservedProcess | undefined {
  const pid = processIds().find((candidate) => {
    const command = read(candidate, 'cmdline')?.replaceAll('\0', ' ')
    return command?.includes(commandPart) === true && hasAncestor(candidate, ancestorPid)
  })
  return pid === undefined ? undefined : observe(pid)
}

function observe(pid: number): ObservedProcess {
  return {
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status') ?? '')?.[1] ?? Number.NaN) / 1024,
    cpuSeconds: () => {
      const fields = statFields(pid)
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
    },
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

function hasAncestor(pid: number, ancestorPid: number): boolean {
  for (let current = pid; current > 1; current = Number(statFields(current)[1])) {
    if (current === ancestorPid) return true
  }
  return false
}

/** The fields of `/proc/PID/stat` after the command's name, which may itself hold spaces. */
function statFields(pid: number): string[] {
  const text = read(pid, 'stat') ?? ''
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // The process has ended meanwhile.
    return undefined
  }
}

/** Samples memory while `work` goes on; resolves to its result and to the largest value seen, in MiB. */
export async function withPeakMemory<T>(
  process: ObservedProcess | undefined,
  work: () => Promise<T>,
): Promise<{ result: T; peakMiB: number }> {
  let peakMiB = process?.residentMiB() ?? Number.NaN
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, process?.residentMiB() ?? Number.NaN)
  }, 100)
  try {
    const result = await work()
    return { result, peakMiB }
  } finally {
    clearInterval(timer)
  }
}
