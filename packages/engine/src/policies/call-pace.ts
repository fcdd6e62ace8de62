import type { Connector } from '../contracts/connector.js'
import type { CallPace } from '../ports/governor.js'

const MAX_REQUESTS = 1_000_000
const MAX_PERIOD_MS = 86_400_000

/** What a pace may be, for those who are told that theirs is none. */
export const PACE_RANGE = `1 to ${MAX_REQUESTS} requests per 1 to ${MAX_PERIOD_MS} ms, in whole numbers`

/** Whether a pace makes sense. */
export function isPace({ requests, perMs }: CallPace): boolean {
  const isWhole = Number.isInteger(requests) && Number.isInteger(perMs)
  return isWhole && requests >= 1 && requests <= MAX_REQUESTS && perMs >= 1 && perMs <= MAX_PERIOD_MS
}

/** The pace of a connector's calls; undefined when it knows of none. */
export function paceOf({ api, pace }: Pick<Connector, 'api' | 'pace'>): CallPace | undefined {
  return api?.pace ?? pace
}
