import { openLoop } from '../load.js'
import type { Figure } from '../measurement.js'
import { percentile } from '../statistics.js'
import { resetStub, stubStats } from './throughput.js'

const REQUESTS_PER_SECOND = 20
const SETTLE_MS = 1000

const PARTS = ['p50', 'p95', 'p99'] as const

export interface Latency {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Milliseconds from sending the trigger to the stub's receiving the call, at 20 requests a second, open loop. */
export async function latencyRound(triggerUrl: string, stubUrl: string, seconds: number): Promise<Latency> {
  await resetStub(stubUrl)
  await openLoop(triggerUrl, REQUESTS_PER_SECOND, seconds)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const { latenciesMs } = await stubStats(stubUrl)
  const sent = REQUESTS_PER_SECOND * seconds
  if (latenciesMs.length !== sent) throw new Error(`${latenciesMs.length} of ${sent} calls reached the stub.`)
  return {
    p50: percentile(latenciesMs, 0.5),
    p95: percentile(latenciesMs, 0.95),
    p99: percentile(latenciesMs, 0.99),
  }
}

/** A line of the report for each percentile. */
export function percentileFigures(what: string, latencies: readonly Latency[]): Figure[] {
  return PARTS.map((part) => ({
    what: `${what}, ${part}`,
    values: latencies.map((latency) => latency[part]),
    unit: 'ms',
  }))
}
