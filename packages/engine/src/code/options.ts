import { availableParallelism } from 'node:os'
import { StepError, UserError } from '../contracts/errors.js'
import type { CodeJob } from '../ports/code-runner.js'
import type { SandboxRequest } from './messages.js'

/** How many processes a code runner has, how long they live, and how much may wait for them. */
export interface CodeRunnerOptions {
  /** Processes at one time, and so jobs that run at one time. @default the number of processor cores */
  readonly maxProcesses?: number
  /** Milliseconds without work after which a tenant loses its process. @default 2000 */
  readonly idleMs?: number
  /** Of the processes, how many are started ahead for the next tenant that comes. @default 1 */
  readonly keepReady?: number
  /** Milliseconds after which a process that was started ahead is ended when nobody came. @default 60000 */
  readonly readyMs?: number
  /** Jobs after which a process is replaced. @default 1000 */
  readonly jobsPerProcess?: number
  /** Milliseconds for which one tenant may keep a process while others wait. @default 500 */
  readonly turnMs?: number
  /** Milliseconds beyond a job's time-out after which its process is killed. @default 250 */
  readonly graceMs?: number
  /** Jobs that may wait, of all tenants. @default 2000 */
  readonly maxQueued?: number
  /** Jobs of one tenant that may wait. @default 500 */
  readonly maxQueuedPerTenant?: number
}

/** Options with every default filled in. */
export type ResolvedOptions = Readonly<Required<CodeRunnerOptions>>

interface Range {
  readonly fallback: number
  readonly min: number
  readonly max: number
}

const DAY_MS = 86_400_000
const MEBIBYTE = 1024 * 1024

/** What a job may allocate when it does not say. */
export const DEFAULT_MEMORY_BYTES = 64 * MEBIBYTE

const OPTION_RANGES = {
  maxProcesses: { fallback: availableParallelism(), min: 1, max: 1024 },
  idleMs: { fallback: 2000, min: 0, max: DAY_MS },
  keepReady: { fallback: 1, min: 0, max: 1024 },
  readyMs: { fallback: 60_000, min: 0, max: DAY_MS },
  jobsPerProcess: { fallback: 1000, min: 1, max: Number.MAX_SAFE_INTEGER },
  turnMs: { fallback: 500, min: 0, max: DAY_MS },
  graceMs: { fallback: 250, min: 1, max: 60_000 },
  maxQueued: { fallback: 2000, min: 0, max: Number.MAX_SAFE_INTEGER },
  maxQueuedPerTenant: { fallback: 500, min: 0, max: Number.MAX_SAFE_INTEGER },
} as const satisfies Record<keyof CodeRunnerOptions, Range>

const JOB_RANGES = {
  timeoutMs: { fallback: 5000, min: 1, max: DAY_MS },
  // An empty QuickJS takes a part of the least.
  memoryBytes: { fallback: DEFAULT_MEMORY_BYTES, min: MEBIBYTE, max: 1024 * MEBIBYTE },
  maxOutputBytes: { fallback: MEBIBYTE, min: 4, max: 256 * MEBIBYTE },
} as const satisfies Partial<Record<keyof CodeJob, Range>>

const isWithin = (value: number, { min, max }: Range): boolean =>
  Number.isInteger(value) && value >= min && value <= max

/**
 * Fills in the defaults.
 *
 * @throws UserError `code.bad_option`
 */
export function resolveOptions(options: CodeRunnerOptions): ResolvedOptions {
  const pick = (name: keyof CodeRunnerOptions): number => {
    const range = OPTION_RANGES[name]
    const value = options[name] ?? range.fallback
    if (isWithin(value, range)) return value
    throw new UserError('invalid', 'code.bad_option', `The option ${name} of createCodeRunner is ${value}`, {
      detail: `It must be a whole number from ${range.min} to ${range.max}.`,
    })
  }
  return {
    maxProcesses: pick('maxProcesses'),
    idleMs: pick('idleMs'),
    keepReady: pick('keepReady'),
    readyMs: pick('readyMs'),
    jobsPerProcess: pick('jobsPerProcess'),
    turnMs: pick('turnMs'),
    graceMs: pick('graceMs'),
    maxQueued: pick('maxQueued'),
    maxQueuedPerTenant: pick('maxQueuedPerTenant'),
  }
}

/**
 * A job as it is sent to a process.
 *
 * @throws StepError `validation` for a limit out of its range
 */
export function requestOf(job: CodeJob): SandboxRequest {
  const pick = (name: keyof typeof JOB_RANGES): number => {
    const range = JOB_RANGES[name]
    const value = job[name] ?? range.fallback
    if (isWithin(value, range)) return value
    throw new StepError('validation', `The limit ${name} of a code job is ${value}`, {
      detail: `It must be a whole number from ${range.min} to ${range.max}.`,
    })
  }
  return {
    source: job.source,
    input: JSON.stringify(job.input),
    timeoutMs: pick('timeoutMs'),
    memoryBytes: pick('memoryBytes'),
    maxOutputBytes: pick('maxOutputBytes'),
  }
}
