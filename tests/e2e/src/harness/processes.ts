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

/** The command line of a process; empty when it has ended. */
export function commandOf(pid: number): string {
  return read(pid, 'cmdline').replaceAll('\0', ' ').trim()
}

/** Names of the variables that a process was started with, those that are not empty. */
export function environmentOf(pid: number): string[] {
  return read(pid, 'environ')
    .split('\0')
    .filter((variable) => /^\w+=./.test(variable))
    .map((variable) => variable.slice(0, variable.indexOf('=')))
}

/** Addresses of other machines, as the kernel writes them, that processes are connected with. */
export function outsideConnections(of: readonly number[]): string[] {
  const sockets = new Set(of.flatMap(socketsOf))
  return ['tcp', 'tcp6'].flatMap((protocol) =>
    (of[0] === undefined ? '' : read(of[0], `net/${protocol}`))
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , remote = '', state = '', ...rest]) => {
        const isUnderWay = state === ESTABLISHED || state === CONNECTING
        return isUnderWay && sockets.has(rest[5] ?? '') && !isThisMachine(remote.split(':')[0] ?? '')
      })
      .map(([, , remote = '']) => remote),
  )
}

/** States of a connection in `/proc/net/tcp`. */
const [ESTABLISHED, CONNECTING] = ['01', '02']

/** An address in hexadecimal, each group of four bytes turned round: `127.0.0.0/8`, `::1`, or one of the former in the latter. */
function isThisMachine(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F')
  return (
    address === `${'0'.repeat(24)}01000000` ||
    (address.startsWith('0000000000000000FFFF0000') && address.endsWith('7F'))
  )
}

/** The kernel's numbers of the sockets that a process has open. */
function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
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
