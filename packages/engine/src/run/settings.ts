import { MAX_NESTING, MAX_STEPS } from '../compile/limits.js'
import { MAX_TIMER_MS } from '../contracts/duration.js'
import { UserError } from '../contracts/errors.js'
import { MAX_FILE_BYTES } from '../storage/file-store.js'

/** Bounds and periods of an engine; times in milliseconds. */
export interface EngineSettings {
  /** How long a lease lasts without renewal; a crashed worker's runs are taken over after it. @default 15_000 */
  readonly leaseMs: number
  /** Runs in progress at once in this process. @default 200 */
  readonly maxConcurrentRuns: number
  /**
   * Runs that the process which starts them executes itself, at once and under one lease, while it has no more than this
   * in progress; others are dispatched. 0 dispatches all. @default 0
   */
  readonly maxEagerRuns: number
  /** Steps (loop iterations counted each) that one run may take. @default 10_000 */
  readonly maxStepsPerRun: number
  /** Bytes of JSON of a trigger, an input or an output in the journal. @default 1 MiB */
  readonly maxPayloadBytes: number
  /** Bytes of JSON of an action's output that goes to the blob store, where there is one. @default 32 MiB */
  readonly maxBlobBytes: number
  /** Bytes of one file that connectors keep in the blob store. @default 25 MiB */
  readonly maxFileBytes: number
  /** Bytes of JSON of all outputs that a run records. @default 64 MiB */
  readonly maxHistoryBytes: number
  /** Steps that a definition may have in all. @default 2000 */
  readonly maxSteps: number
  /** Blocks within each other in a definition. @default 20 */
  readonly maxNesting: number
  /** Back-offs up to this are waited for in memory; longer ones release the worker. @default 5_000 */
  readonly inlineRetryMs: number
  /** Crashes after which a run is given up. @default 3 */
  readonly maxRecoveries: number
  /**
   * Times that processes may find that they cannot execute a run's version (one that only newer processes understand)
   * before it fails. Between them it is left alone for 1 s, 2 s, 4 s and so on. @default 6
   */
  readonly maxLoadAttempts: number
  /** Time of one attempt when the step names none. @default 30_000 */
  readonly stepTimeoutMs: number
  /** A step that takes longer than this is recorded as `running`, so that watchers see it. @default 200 */
  readonly announceAfterMs: number
}

const DEFAULTS: EngineSettings = {
  leaseMs: 15_000,
  maxConcurrentRuns: 200,
  maxEagerRuns: 0,
  maxStepsPerRun: 10_000,
  maxPayloadBytes: 1_048_576,
  maxBlobBytes: 33_554_432,
  maxFileBytes: MAX_FILE_BYTES,
  maxHistoryBytes: 67_108_864,
  maxSteps: MAX_STEPS,
  maxNesting: MAX_NESTING,
  inlineRetryMs: 5_000,
  maxRecoveries: 3,
  maxLoadAttempts: 6,
  stepTimeoutMs: 30_000,
  announceAfterMs: 200,
}

const MAY_BE_ZERO: ReadonlySet<string> = new Set(['maxRecoveries', 'maxEagerRuns'])

/** @throws UserError `engine.invalid_setting` that names the setting and what it should be */
export function resolveSettings(given: Partial<EngineSettings> = {}): EngineSettings {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULTS, name)) {
      throw new UserError('invalid', 'engine.invalid_setting', `There is no engine setting "${name}".`)
    }
    if (!Number.isInteger(value) || value < (MAY_BE_ZERO.has(name) ? 0 : 1) || value > MAX_TIMER_MS) {
      const range = `a whole number from ${MAY_BE_ZERO.has(name) ? 0 : 1} to ${MAX_TIMER_MS}`
      const title = `The engine setting "${name}" must be ${range}, not ${String(value)}.`
      throw new UserError('invalid', 'engine.invalid_setting', title)
    }
  }
  return { ...DEFAULTS, ...given }
}
