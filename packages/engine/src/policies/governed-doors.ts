import type { HttpClient, HttpResponse, NetDoor } from '../contracts/connector.js'
import { isInlayError, type StepError } from '../contracts/errors.js'
import type { Clock } from '../ports/clock.js'
import type { CallOutcome, GovernedCall, Governor } from '../ports/governor.js'
import { parseRetryAfter } from './retry-after.js'

/** The ways out of the process that an action is given. */
export interface Doors {
  readonly http: HttpClient
  readonly net: NetDoor
}

/** The same doors, with every call through them asked for and reported. */
export function governedDoors(
  { http, net }: Doors,
  { governor, clock }: { readonly governor: Governor; readonly clock: Clock },
  caller: Omit<GovernedCall, 'host'>,
): Doors {
  const govern = async <T>(host: string, call: () => Promise<T>, outcomeOf: (answer: T) => CallOutcome): Promise<T> => {
    const permit = await governor.before({ ...caller, host })
    try {
      const answer = await call()
      permit.end(outcomeOf(answer))
      return answer
    } catch (error) {
      permit.end({ kind: isFailure(error) ? 'failed' : 'unknown' })
      throw error
    }
  }
  return {
    http: {
      request: (request) => {
        const call = () => http.request(request)
        // What is no address is refused by the door itself.
        if (!URL.canParse(request.url)) return call()
        return govern(new URL(request.url).host, call, (response) => outcomeOf(response, clock.now()))
      },
    },
    net: {
      connect: (target) =>
        govern(
          `${target.host}:${target.port}`,
          () => net.connect(target),
          () => ({ kind: 'succeeded' }),
        ),
    },
  }
}

const TOO_MANY_REQUESTS = 429

function outcomeOf({ status, headers }: HttpResponse, now: number): CallOutcome {
  if (status === TOO_MANY_REQUESTS) {
    return { kind: 'throttled', retryAfterMs: parseRetryAfter(headers['retry-after'], now) }
  }
  return { kind: status >= 500 ? 'failed' : 'succeeded' }
}

/** Whether an error tells of a service in trouble, rather than of a bad request or a run that was cancelled. */
function isFailure(error: unknown): boolean {
  if (!isInlayError(error) || !('kind' in error)) return false
  // Errors with a code of this kind are step errors, also those of another copy of this package.
  const { kind } = error as StepError
  return kind === 'communication' || kind === 'timeout'
}
