import {
  type ActionContext,
  type AuthValues,
  type Connector,
  isInlayError,
  type JsonObject,
  type StepError,
} from '@inlay/engine'
import { withTestContext } from '../test-context.js'
import type { Attempt } from './attempts.js'
import type { Failure } from './failing-service.js'

/** How an attempt ended: with a result and what is wrong with it, or with an error. */
export type Outcome = { readonly wrong: string | undefined } | { readonly thrown: unknown }

/** With what an attempt is made. */
export interface AttemptContext {
  readonly connector: Connector
  readonly auth: AuthValues
  readonly http: ActionContext['http']
  /** Is told what the connector logs. */
  readonly log?: (text: string) => void
  readonly signal?: AbortSignal
}

/** Makes an attempt. Never rejects. */
export async function outcomeOf(attempt: Attempt, given: AttemptContext): Promise<Outcome> {
  const keep = (message: string, data?: JsonObject): void => given.log?.(`${message} ${JSON.stringify(data ?? {})}`)
  const options = {
    auth: given.auth,
    http: given.http,
    log: { info: keep, warn: keep },
    files: anyFile,
    ...(given.signal === undefined ? {} : { signal: given.signal }),
  }
  try {
    const wrong = await withTestContext(given.connector, options, (context) =>
      attempt.run({ ...context, idempotencyKey: 'test-key', callbackUrl: () => 'https://callback.test/key' }),
    )
    return { wrong }
  } catch (thrown) {
    return { thrown }
  }
}

/** Samples name files that nobody has written. */
const anyFile: ActionContext['files'] = {
  write: async ({ name, contentType, bytes }) => ({ $file: 'file_1', name, contentType, size: bytes.length }),
  read: async () => Buffer.from('file'),
}

/** What is wrong with how an attempt ended, given how the service failed. */
export function outcomeProblem(outcome: Outcome, failure: Failure, hasCalled: boolean): string | undefined {
  if (!('thrown' in outcome)) {
    if (outcome.wrong !== undefined) return outcome.wrong
    return !hasCalled || failure.maySucceed === true ? undefined : 'it gave a result as if nothing had happened'
  }
  const { thrown } = outcome
  if (!(isInlayError(thrown) && 'kind' in thrown)) return `it threw ${nameOf(thrown)} instead of a StepError`
  // The symbol and the kind make it a step error, of whichever copy of the package.
  const error = thrown as StepError
  if (!hasCalled) return `it failed before it called the service: ${error.message} (${error.detail ?? ''})`
  if (!failure.kinds.includes(error.kind)) {
    return `it failed as ${error.kind}, which should be ${failure.kinds.join(' or ')}: ${error.message}`
  }
  if (failure.retryAfterMs !== undefined && error.retryAfterMs !== failure.retryAfterMs) {
    return 'it did not pass on how long the service asks to wait (retryAfterMs)'
  }
  return undefined
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `a ${typeof thrown}`
}

/** All that people could read of how an attempt ended. */
export function textOf(outcome: Outcome): string {
  if (!('thrown' in outcome)) return ''
  const { thrown } = outcome
  if (!(thrown instanceof Error)) return String(thrown)
  const { detail, data } = thrown as Partial<StepError>
  return `${thrown.message} ${detail ?? ''} ${JSON.stringify(data ?? null)}`
}
