import type { z } from 'zod'
import type { JsonObject, JsonValue } from '../json.js'
import type { ConnectionTestContext } from './auth.js'
import type { DynamicForm } from './form.js'
import type { ConnectorStores, FileStore } from './storage.js'

/** Something that a connector can do. */
export interface ConnectorAction extends DynamicForm {
  readonly name: string
  readonly description: string
  /** Validates the input before `run`; the builder's form is derived from it. Field titles and help come from `.meta({ title, description })`. */
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** An input as people would write it. */
  readonly sampleInput?: JsonObject
  /** An output as the service would give it, for the builder's data picker before the first run. */
  readonly sampleOutput?: JsonValue
  /** OAuth scopes without which the service refuses. */
  readonly scopes: readonly string[]
  /**
   * `at-least-once`: repeated after a crash, with the same idempotency key.
   * `at-most-once`: the intent is journaled first and the action is never repeated after a crash.
   * @default 'at-least-once'
   */
  readonly delivery?: 'at-least-once' | 'at-most-once'
  /** Whether it may ask for `callbackUrl`; connectors that are served from afar have to say so. @default false */
  readonly suspends?: boolean
  /** Does it. @throws StepError of a kind that says whether trying again can help */
  run(context: ActionContext): Promise<JsonValue | ActionSuspension>
}

const SUSPENSION = Symbol.for('inlay.suspension')

/** What an action gives that is not done yet: the run parks, and the same action is called again with `resumed`. */
export interface ActionSuspension {
  readonly [SUSPENSION]: true
  /** Unix milliseconds at which to call again; with `callback`, at the latest. Absent: whenever the callback comes. */
  readonly resumeAt?: number
  /** Whether a request to the action's `callbackUrl` resumes it. */
  readonly awaitsCallback: boolean
  /** Kept in the journal and given back. */
  readonly state: JsonValue
}

/**
 * Makes the result of an action that is not done yet.
 *
 * @example
 * return suspend({ awaitsCallback: true, resumeAt: Date.now() + 86_400_000, state: { jobId } })
 */
export function suspend(
  options: { readonly state?: JsonValue } & (
    | { readonly resumeAt: number; readonly awaitsCallback?: boolean }
    | { readonly awaitsCallback: true; readonly resumeAt?: number }
  ),
): ActionSuspension {
  const { state = null, resumeAt, awaitsCallback = false } = options
  return { [SUSPENSION]: true, awaitsCallback, state, ...(resumeAt === undefined ? {} : { resumeAt }) }
}

/** Whether an action's result says that it is not done yet, even when another copy of this package made it. */
export function isSuspension(result: JsonValue | ActionSuspension): result is ActionSuspension {
  return typeof result === 'object' && result !== null && SUSPENSION in result
}

/** How an action that had suspended itself goes on. */
export interface ActionResumption {
  readonly state: JsonValue
  /** `callback`: somebody called `callbackUrl`; `time`: `resumeAt` has come. */
  readonly reason: 'callback' | 'time'
  /** The body of the callback; null when there was none. */
  readonly payload: JsonValue
}

/** What an action is given. `http` and `net` are the only ways out of the process. */
export interface ActionContext<Input = unknown> extends ConnectionTestContext {
  readonly input: Input
  /** Stable across attempts; send it as `Idempotency-Key` where the service honours one. */
  readonly idempotencyKey: string
  /** Aborted on time-out, cancellation and loss of ownership. */
  readonly signal: AbortSignal
  readonly log: StepLog
  readonly files: FileStore
  readonly store: ConnectorStores
  /** Set when the action had suspended itself before. */
  readonly resumed?: ActionResumption
  /**
   * The address whose call resumes the action once it has suspended itself; the same each time it is asked for.
   * @throws StepError `validation` when the host offers no callbacks
   */
  callbackUrl(): string
}

/** Where a connector writes what it does; secrets do not belong there. */
export interface StepLog {
  /** Tells of the ordinary course of things. */
  info(message: string, data?: JsonObject): void
  /** Tells of something that people should look at. */
  warn(message: string, data?: JsonObject): void
}
