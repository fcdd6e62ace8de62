import autocannon from 'autocannon'
import { Agent, request } from 'undici'

/** The body of every trigger: about 1 KB, with the time of sending for the stub. */
function orderBody(): string {
  return JSON.stringify({
    sentAt: process.hrtime.bigint().toString(),
    order: { id: 'A-1001', total: 99.5, currency: 'EUR', note: 'x'.repeat(820) },
  })
}

export interface ClosedLoopResult {
  readonly accepted: number
  readonly perSecond: number
}

/** 20 connections, each sending its next request when the last was answered. */
export async function closedLoop(url: string, seconds: number): Promise<ClosedLoopResult> {
  const result = await autocannon({
    url,
    method: 'POST',
    connections: 20,
    duration: seconds,
    headers: { 'content-type': 'application/json' },
    body: orderBody(),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx and ${result.errors} requests failed.`)
  }
  return { accepted: result['2xx'], perSecond: result['2xx'] / result.duration }
}

const agent = new Agent({ connections: 50, keepAliveTimeout: 60_000 })

/** Sends `perSecond` requests a second for `seconds`, on time whether or not earlier ones were answered. */
export async function openLoop(url: string, perSecond: number, seconds: number): Promise<void> {
  const sending: Promise<void>[] = []
  const start = performance.now()
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = start + (i * 1000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    sending.push(post(url))
  }
  await Promise.all(sending)
}

async function post(url: string): Promise<void> {
  const answer = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: orderBody(),
  })
  await answer.body.dump()
  if (answer.statusCode >= 300) throw new Error(`${url} answered ${answer.statusCode}.`)
}
