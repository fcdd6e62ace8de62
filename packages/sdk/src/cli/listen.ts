import { setTimeout as delay } from 'node:timers/promises'
import { type ApiInputs, type ApiOutputs, Inlay, isApiError } from '../client/index.js'
import { sign } from '../webhooks/index.js'
import type { ListenOptions } from './options.js'

type EventType = NonNullable<ApiInputs['webhookEndpoints']['create']['eventTypes']>[number]
type Delivery = ApiOutputs['webhookEndpoints']['pull']['data'][number]

const PAUSE_MS = 1000
/** After the control plane could not be reached. */
const LONG_PAUSE_MS = 5000
const TIMEOUT_MS = 15_000
const MAX_BODY = 1024
const TYPE_WIDTH = 28

/** How the program talks to whoever started it. */
export interface Terminal {
  /** Ends listening. */
  readonly signal: AbortSignal
  /** Prints a line. */
  print(line: string): void
}

/** What became of a forwarded delivery. */
interface Forwarded {
  readonly status: number | null
  readonly durationMs: number
  readonly body?: string
  readonly error?: string
}

/**
 * Forwards the webhooks of a tenant to a local address until the signal ends it. What happened before it was started is
 * not told.
 *
 * @throws ApiError when the control plane refuses, or cannot be reached at the start
 */
export async function listen(options: ListenOptions, { signal, print }: Terminal): Promise<void> {
  const inlay = new Inlay({ baseUrl: options.baseUrl, apiKey: options.apiKey })
  const endpoint = await inlay.webhookEndpoints.create({
    kind: 'listener',
    description: 'listen',
    // The control plane says which types there are, should one be unknown to it.
    eventTypes: options.eventTypes as EventType[] | undefined,
  })
  const secret = options.secret ?? endpoint.secret
  print(`Listening to ${options.baseUrl} for ${endpoint.eventTypes.join(', ')}`)
  print(`Forwarding to ${options.forward}`)
  print(options.secret === undefined ? `Signed with ${secret}` : 'Signed with your INLAY_WEBHOOK_SECRET')
  print('Ctrl-C ends it.\n')
  try {
    while (!signal.aborted) await pullOnce({ inlay, id: endpoint.id, secret, forward: options.forward, signal, print })
  } finally {
    // Otherwise the control plane removes it after ten minutes.
    await inlay.webhookEndpoints.delete(endpoint.id).catch(() => undefined)
  }
}

interface Listening extends Terminal {
  readonly inlay: Inlay
  readonly id: string
  readonly secret: string
  readonly forward: string
}

async function pullOnce(listening: Listening): Promise<void> {
  const { inlay, id, signal, print } = listening
  try {
    const { data } = await inlay.webhookEndpoints.pull(id, { signal })
    await Promise.all(data.map((delivery) => passOn(listening, delivery)))
    await pause(data.length > 0 ? 0 : PAUSE_MS, signal)
  } catch (error) {
    if (signal.aborted) return
    // What the control plane refuses it will refuse again.
    if (!isApiError(error) || (error.status >= 400 && error.status < 500 && error.status !== 429)) throw error
    print(`${clock()}  ${error.message} Trying again.`)
    await pause(LONG_PAUSE_MS, signal)
  }
}

async function passOn({ inlay, id, secret, forward, print }: Listening, delivery: Delivery): Promise<void> {
  const forwarded = await send(forward, delivery, secret)
  const { status, durationMs, error } = forwarded
  const outcome = status === null ? `-    ${error ?? ''}` : `${status}  ${Math.round(durationMs)} ms`
  print(`${clock()}  ${delivery.eventType.padEnd(TYPE_WIDTH)}${outcome}`)
  await inlay.webhookEndpoints.report(id, { ...forwarded, deliveryId: delivery.id })
}

async function send(forward: string, { messageId, body }: Delivery, secret: string): Promise<Forwarded> {
  const begun = performance.now()
  const durationMs = (): number => performance.now() - begun
  try {
    const response = await fetch(forward, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...sign(body, { secret, id: messageId }) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    return { status: response.status, durationMs: durationMs(), body: text.slice(0, MAX_BODY) }
  } catch (error) {
    return { status: null, durationMs: durationMs(), error: reasonOf(error) }
  }
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code)
  return error.name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : error.message
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8)
}
