import { request } from 'undici'
import { closedLoop } from '../load.js'
import type { Product } from '../product.js'

const DRAIN_TIMEOUT_MS = 120_000

export interface ThroughputRound {
  /** Requests a second that the accept-only Express route answered. */
  readonly express: number
  /** Webhooks a second that the product acknowledged, each after its run was committed. */
  readonly accepted: number
  /** Runs a second that ended, from the first request to the last run's end. */
  readonly completed: number
}

export interface ThroughputTargets {
  readonly product: Product
  readonly expressUrl: string
  readonly hookUrl: string
  readonly stubUrl: string
  readonly workflowId: string
}

/** One round: the yardstick, then the product, each for `seconds`, so that a drifting machine meets both alike. */
export async function throughputRound(targets: ThroughputTargets, seconds: number): Promise<ThroughputRound> {
  const express = await closedLoop(`${targets.expressUrl}/hook`, seconds)
  await resetStub(targets.stubUrl)
  const start = performance.now()
  const product = await closedLoop(targets.hookUrl, seconds)
  await drained(targets, product.accepted)
  const completed = product.accepted / ((performance.now() - start) / 1000)
  return { express: express.perSecond, accepted: product.perSecond, completed }
}

/** Resolves when the stub has seen every run's call and no run is pending or running any more. */
async function drained(targets: ThroughputTargets, accepted: number): Promise<void> {
  const deadline = performance.now() + DRAIN_TIMEOUT_MS
  let calls = 0
  while (performance.now() < deadline) {
    calls = (await stubStats(targets.stubUrl)).calls
    if (calls >= accepted && (await openRuns(targets)) === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`Only ${calls} of ${accepted} runs called the stub within ${DRAIN_TIMEOUT_MS / 1000} s.`)
}

async function openRuns({ product, workflowId }: ThroughputTargets): Promise<number> {
  return (await product.countRuns(workflowId, 'running')) + (await product.countRuns(workflowId, 'pending'))
}

export async function resetStub(stubUrl: string): Promise<void> {
  const answer = await request(`${stubUrl}/reset`, { method: 'POST' })
  await answer.body.dump()
}

export async function stubStats(stubUrl: string): Promise<{ calls: number; latenciesMs: number[] }> {
  const answer = await request(stubUrl)
  return (await answer.body.json()) as { calls: number; latenciesMs: number[] }
}
