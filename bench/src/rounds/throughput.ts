import { request } from 'undici'
import { closedLoop } from '../load.js'

const DRAIN_TIMEOUT_MS = 120_000
const QUIET_MS = 300

/** What takes webhooks and calls the stub for each. */
export interface LineTarget {
  readonly hookUrl: string
  /** How many of its runs have not ended; any number above zero will do when there are many. */
  openRuns(): Promise<number>
}

export interface LineThroughput {
  /** Runs that ended. */
  readonly runs: number
  /** Webhooks a second that were acknowledged. */
  readonly accepted: number
  /** Runs a second that ended, from the first request to the last run's end. */
  readonly completed: number
}

/** Loads the target for `seconds` and waits until all its runs have ended. */
export async function lineThroughput(target: LineTarget, stubUrl: string, seconds: number): Promise<LineThroughput> {
  await resetStub(stubUrl)
  const start = performance.now()
  const load = await closedLoop(target.hookUrl, seconds)
  await drained(target, stubUrl, load.accepted)
  const completed = load.accepted / ((performance.now() - start) / 1000)
  await untilQuiet(stubUrl)
  return { runs: load.accepted, accepted: load.perSecond, completed }
}

/** Resolves when the stub has seen every run's call and no run is open any more. */
async function drained(target: LineTarget, stubUrl: string, accepted: number): Promise<void> {
  const deadline = performance.now() + DRAIN_TIMEOUT_MS
  let calls = 0
  while (performance.now() < deadline) {
    calls = (await stubStats(stubUrl)).calls
    if (calls >= accepted && (await target.openRuns()) === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`Only ${calls} of ${accepted} runs called the stub within ${DRAIN_TIMEOUT_MS / 1000} s.`)
}

/**
 * Resolves when no more calls come. The load ends by cutting its connections: the requests under way at this moment count
 * for nobody, but their calls would fall into the next measurement.
 */
async function untilQuiet(stubUrl: string): Promise<void> {
  let before = -1
  for (let { calls } = await stubStats(stubUrl); calls !== before; { calls } = await stubStats(stubUrl)) {
    before = calls
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  }
}

export async function resetStub(stubUrl: string): Promise<void> {
  const answer = await request(`${stubUrl}/reset`, { method: 'POST' })
  await answer.body.dump()
}

export async function stubStats(stubUrl: string): Promise<{ calls: number; latenciesMs: number[] }> {
  const answer = await request(stubUrl)
  return (await answer.body.json()) as { calls: number; latenciesMs: number[] }
}
