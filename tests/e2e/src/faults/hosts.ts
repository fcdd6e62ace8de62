import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RunId, StartRun } from '@inlay/engine'
import type { CrashPoint } from './crash-points.js'

/** What a test tells a host. */
export type HostCommand = { readonly execute: readonly RunId[] } | { readonly start: StartRun }

/** What a host tells its test. */
export type HostReport = { readonly ready: true } | { readonly unexpected: string }

export interface HostOptions {
  readonly databaseUrl: string
  readonly effectsUrl: string
  readonly crash?: CrashPoint
  readonly clockStepMs?: number
  /** Whether it looks for work by itself. @default true */
  readonly sweeps?: boolean
  /** How long it may be silent before others take over. @default 1000, so that tests need not wait long for heirs */
  readonly leaseMs?: number
  /** How long it goes on with what is under way when it is told to end. @default 200 */
  readonly drainMs?: number
}

/** A process that hosts the engine. */
export interface Host {
  readonly pid: number
  readonly unexpected: readonly string[]
  tell(command: HostCommand): void
  signal(name: NodeJS.Signals): void
  /** Resolves with the signal or code by which it ended. */
  readonly ended: Promise<NodeJS.Signals | number>
}

const program = fileURLToPath(new URL('./host.ts', import.meta.url))
const running = new Set<ChildProcess>()

/** Starts a host; resolves when it takes commands. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { databaseUrl, effectsUrl, crash, clockStepMs = 0, sweeps = true, leaseMs = 1000, drainMs = 200 } = options
  const child = fork(program, {
    execArgv: ['--import', 'tsx', '--conditions=inlay-source'],
    // Its death is the point: what the runtime says about it helps nobody.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      EFFECTS_URL: effectsUrl,
      CLOCK_STEP_MS: String(clockStepMs),
      SWEEP: sweeps ? '1' : '0',
      LEASE_MS: String(leaseMs),
      DRAIN_MS: String(drainMs),
      ...(crash === undefined ? {} : { CRASH: JSON.stringify(crash) }),
    },
  })
  running.add(child)
  const unexpected: string[] = []
  const ended = new Promise<NodeJS.Signals | number>((resolve) =>
    child.once('exit', (code, signal) => {
      running.delete(child)
      resolve(signal ?? code ?? 0)
    }),
  )
  const isReady = new Promise<void>((resolve) =>
    child.on('message', (report: HostReport) => {
      if ('ready' in report) resolve()
      else unexpected.push(report.unexpected)
    }),
  )
  await Promise.race([isReady, ended])
  return {
    pid: child.pid ?? 0,
    unexpected,
    ended,
    tell: (command) => {
      if (child.connected) child.send(command)
    },
    signal: (name) => child.kill(name),
  }
}

/** Ends all hosts, also stopped ones. */
export async function killHosts(): Promise<void> {
  const all = [...running]
  for (const child of all) child.kill('SIGKILL')
  await Promise.all(
    all.map((child) => (child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined)),
  )
}
