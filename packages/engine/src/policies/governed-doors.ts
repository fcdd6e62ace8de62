import type { HttpClient, HttpResponse, NetDoor } from '../contracts/connector.js'
import { isInlayError, type StepError } from '../contracts/errors.js'
import { type CallOrigin, callFrom } from '../http/call-span.js'
import type { Clock } from '../ports/clock.js'
import type { CallOutcome, GovernedCall, Governor } from '../ports/governor.js'
import { readThrottling } from './throttling.js'

/** The ways out of the process that an action is given. */
export interface Doors {
  readonly http: HttpClient
  readonly net: NetDoor
}

/** Who goes through the doors. */
export interface Caller extends Omit<GovernedCall, 'host'> {
  /** Of the step that calls, 1 for the first; told in spans. */
  readonly attempt?: number
}

interface GovernedDoorsDeps {
  readonly governor: Governor
  readonly clock: Clock
  /** Milliseconds that a call may wait for its turn. @default 0 */
  readonly maxWaitMs?: number
  /** Why no further call may be made, when what made them is over: a run must not act after it was given up. */
  readonly stopReason?: () => Error | undefined
}

/** The same doors, with every call through them asked for and reported. */
export function governedDoors({ http, net }: Doors, deps: GovernedDoorsDeps, { attempt, ...caller }: Caller): Doors {
  const { clock } = deps
  const origin: CallOrigin = { connectorId: caller.connectorId, connectionId: caller.connectionId, attempt }
  // Sockets are no requests: what a service says of its API's pace is not about them.
  const { pace: _pace, ...connecting } = caller
  return {
    http: {
      request: (request) => {
        const call = () => callFrom(origin, () => http.request(request))
        // What is no address is refused by the door itself.
        if (!URL.canParse(request.url)) return call()
        const governed = { ...caller, host: new URL(request.url).host }
        return govern(deps, governed, {
          call,
          outcomeOf: (response) => outcomeOf(response, clock.now()),
          signal: request.signal,
        })
      },
    },
    net: {
      connect: (target) =>
        govern(
          deps,
          { ...connecting, host: `${target.host}:${target.port}` },
          {
            call: () => callFrom(origin, () => net.connect(target)),
            outcomeOf: () => ({ kind: 'succeeded' }),
            signal: target.signal,
          },
        ),
    },
  }
}

interface Governable<T> {
  readonly call: () => Promise<T>
  readonly outcomeOf: (answer: T) => CallOutcome
  readonly signal: AbortSignal | undefined
}

async function govern<T>(
  { governor, maxWaitMs = 0, stopReason }: GovernedDoorsDeps,
  governed: GovernedCall,
  { call, outcomeOf, signal }: Governable<T>,
): Promise<T> {
  const permit = await governor.before(governed, { maxWaitMs, signal })
  try {
    const reason = stopReason?.()
    if (reason !== undefined) throw reason
    const answer = await call()
    permit.end(outcomeOf(answer))
    return answer
  } catch (error) {
    permit.end({ kind: isFailure(error) ? 'failed' : 'unknown' })
    throw error
  }
}

function outcomeOf(response: HttpResponse, now: number): CallOutcome {
  const throttling = readThrottling(response, now)
  if (throttling !== undefined) return { kind: 'throttled', ...throttling }
  return { kind: response.status >= 500 ? 'failed' : 'succeeded' }
}

/** Whether an error tells of a service in trouble, rather than of a bad request or a run that was cancelled. */
function isFailure(error: unknown): boolean {
  if (!isInlayError(error) || !('kind' in error)) return false
  // Errors with a code of this kind are step errors, also those of another copy of this package.
  const { kind } = error as StepError
  return kind === 'communication' || kind === 'timeout'
}
