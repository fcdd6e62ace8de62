import type { ErrorKind, HttpClient } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { type StubAnswer, type StubFailure, startStubServer } from '../stub-server.js'

/** One way in which a service fails, and what a connector is to make of it. */
export interface Failure {
  readonly answer: StubAnswer | StubFailure
  readonly kinds: readonly ErrorKind[]
  /** Whether an action may take it for a result: a deletion of what is gone, say. */
  readonly maySucceed?: boolean
  readonly retryAfterMs?: number
}

const page = '<!doctype html><html><body><h1>Sign in to continue</h1></body></html>'
const MAX_RESPONSE_BYTES = 65_536
/** Ends a call that is never answered; all others have as long as a busy machine needs. */
const HANG_MS = 250
const PATIENCE_MS = 60_000
const ANY_REFUSAL = ['rejected', 'validation', 'authorization', 'communication'] as const

/** The ways in which services fail. */
export const FAILURES = {
  unauthorized: { answer: { status: 401, json: { error: 'unauthorized' } }, kinds: ['authentication'] },
  forbidden: {
    answer: { status: 403, json: { error: 'forbidden' } },
    kinds: ['authorization', 'authentication', 'rate_limited'],
  },
  missing: { answer: { status: 404, json: { error: 'not found' } }, kinds: ANY_REFUSAL, maySucceed: true },
  busy: {
    answer: { status: 429, headers: { 'retry-after': '7' }, json: { error: 'slow down' } },
    kinds: ['rate_limited'],
    retryAfterMs: 7000,
  },
  down: { answer: { status: 500, text: 'Internal error' }, kinds: ['communication'] },
  html: { answer: { headers: { 'content-type': 'text/html' }, text: page }, kinds: ['communication'] },
  malformed: { answer: { headers: { 'content-type': 'application/json' }, text: '{"a":' }, kinds: ['communication'] },
  list: { answer: { json: [] }, kinds: ANY_REFUSAL, maySucceed: true },
  nothing: { answer: { json: null }, kinds: ANY_REFUSAL, maySucceed: true },
  empty: { answer: { json: {} }, kinds: ANY_REFUSAL, maySucceed: true },
  huge: { answer: { json: 'x'.repeat(2 * MAX_RESPONSE_BYTES) }, kinds: ['limit', 'communication'] },
  reset: { answer: 'reset', kinds: ['communication'] },
  cut: { answer: 'cut', kinds: ['communication'] },
  hang: { answer: 'hang', kinds: ['timeout'] },
} as const satisfies Record<string, Failure>
/** The name of a way to fail. */
export type FailureName = keyof typeof FAILURES

/** A request as the failing service saw it. */
export interface SeenRequest {
  readonly origin: string
  /** Whether credentials were in it. */
  readonly hasCredentials: boolean
}

/** A door behind which every origin fails in one way. */
export interface FailingDoor {
  readonly http: HttpClient
  readonly seen: SeenRequest[]
}

/** Stands in for every service at once. */
export interface FailingService {
  /** @param onRequest is told of each request before it is answered */
  door(
    failure: FailureName,
    options: { readonly canaries: readonly string[]; readonly onRequest?: () => void },
  ): FailingDoor
  close(): Promise<void>
}

/** Starts a service that fails in the way that the first part of the path names. */
export async function startFailingService(): Promise<FailingService> {
  const failures: Readonly<Record<string, Failure>> = FAILURES
  const stub = await startStubServer(({ url }) => failures[url.split('/')[1] ?? '']?.answer ?? { status: 500 })
  const egress = createEgress({ allow: ['127.0.0.0/8'] })
  return {
    door: (failure, { canaries, onRequest }) => {
      const seen: SeenRequest[] = []
      const request: HttpClient['request'] = async (asked) => {
        const url = URL.canParse(asked.url) ? new URL(asked.url) : undefined
        // The door itself says what is wrong with an address.
        if (url === undefined) return egress.http.request(asked)
        const shown = JSON.stringify([asked.headers, asked.url, asked.query])
        seen.push({ origin: url.origin, hasCredentials: canaries.some((canary) => shown.includes(canary)) })
        const call = egress.http.request({
          ...asked,
          url: `${stub.url}/${failure}${url.pathname}${url.search}`,
          maxResponseBytes: MAX_RESPONSE_BYTES,
          // A call that is to be given up must not end by itself before.
          timeoutMs: failure === 'hang' && onRequest === undefined ? HANG_MS : PATIENCE_MS,
        })
        onRequest?.()
        return call
      }
      return { http: { request }, seen }
    },
    close: async () => {
      await egress.close()
      await stub.close()
    },
  }
}
