import type { ErrorKind } from '../contracts/errors.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { RunStatus } from '../contracts/run.js'

/**
 * One rule of the engine as plain data: a definition, what the world does, and what must come of it. Times are short
 * enough for journals whose clock is real.
 */
export interface EngineScenario {
  /** The rule, as a sentence. */
  readonly rule: string
  /** Number and name of the control-flow pattern that it shows, after Russell, ter Hofstede, van der Aalst and Mulyar (BPM-06-22). */
  readonly pattern?: string
  /** Steps of the definition, as in a document. */
  readonly steps: readonly JsonObject[]
  /** Other fields of the definition, for example `timeout`. */
  readonly more?: JsonObject
  /** Steps of the workflows that `call` steps run, by id. */
  readonly workflows?: Readonly<Record<string, readonly JsonObject[]>>
  /** @default {} */
  readonly trigger?: JsonValue
  /**
   * What each execution of an action answers, by step id: the first entry the first time and so on, the last one from
   * then on. An action that is not named gives its input.
   */
  readonly answers?: Readonly<Record<string, readonly Answer[]>>
  /** What happens from outside, in this order, each when the run has come to rest in the state that is named. */
  readonly happenings?: readonly Happening[]
  /** Writes after which one process dies and another takes over, for each death. */
  readonly deaths?: readonly number[]
  readonly expect: Expectation
}

/** How an action ends. */
export type Answer =
  | { readonly output: JsonValue }
  | {
      readonly error: {
        readonly kind: ErrorKind
        readonly title: string
        readonly retryable?: boolean
        readonly retryAfterMs?: number
      }
    }
  /** Ends only when its signal says so. */
  | { readonly hangs: true }
  /** Suspends itself, and tells its service where to call back when it waits for that. */
  | { readonly suspends: Suspends }
  /** Gives how it was resumed: `{ state, reason, payload }`, or null when it was not. */
  | { readonly tellsHowResumed: true }

/** How an action suspends itself. */
export interface Suspends {
  readonly state: JsonValue
  /** Milliseconds until it wants to be called again. */
  readonly resumeInMs?: number
  /** Whether it waits for a callback; its link counts as the `token` of the step. @default false */
  readonly awaitsCallback?: boolean
  /** What the service calls back with at once, before the suspension is recorded. */
  readonly isCalledBackWith?: JsonValue
}

/** Something that happens to a run from outside. */
export type Happening =
  | { readonly when: RunStatus; readonly publish: { readonly name: string; readonly payload: JsonValue } }
  /** Answers the approval or callback whose link the action `step` was given as `token`. */
  | { readonly when: RunStatus; readonly answer: { readonly step: string; readonly with: JsonValue } }
  | { readonly when: RunStatus; readonly control: 'cancel' | 'suspend' | 'resume' | 'redrive' }

/** What must come of a scenario. */
export interface Expectation {
  readonly status: RunStatus
  readonly output?: JsonValue
  /** Fields that the run's error must have. */
  readonly error?: JsonObject
  /** Calls that reached the outside, as `step path/iteration`, in order; sorted when `anyOrder`. */
  readonly effects?: readonly string[]
  /** Lines of the history: what happened to the run, and `path status` or `path/iteration status` of steps; sorted when `anyOrder`. */
  readonly history?: readonly string[]
  /** Where branches run at the same time, the order between them is open. */
  readonly anyOrder?: boolean
}
