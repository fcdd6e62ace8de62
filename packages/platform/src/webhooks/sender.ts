import { type HttpClient, type HttpResponse, isInlayError, type TenantScope } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import type { DeliveryClaim } from './claims.js'
import type { DeliveryRow } from './delivery-store.js'
import type { EndpointSecrets } from './endpoint-secrets.js'
import type { EndpointRow } from './endpoint-store.js'
import { signedHeaders } from './message.js'
import type { WebhookMetrics } from './metrics.js'
import { keepOutcome, type OutcomeDeps, shortened } from './outcomes.js'
import { type AttemptOutcome, afterAttempt, readRetryAfter } from './retry-plan.js'
import { bodyOfRow } from './views.js'

const TIMEOUT_MS = 15_000
/** More than is shown: a connection whose answer is read to its end is used again, and most answers are small. */
const KEPT_ANSWER_BYTES = 16 * 1024

/** What sending needs. */
export interface SenderDeps extends OutcomeDeps {
  /** The safe door. */
  readonly http: HttpClient
  readonly secrets: EndpointSecrets
  readonly metrics: WebhookMetrics
  readonly log: Logger
  /** From 0 to 1. */
  readonly random: () => number
  readonly signal: AbortSignal
}

/** What came of a request. */
interface Answer extends AttemptOutcome {
  readonly body: string | null
  readonly error: string | null
  readonly durationMs: number
}

/** Sends a claimed delivery once. Never rejects: what the database refuses to note is sent again when the claim is over. */
export async function sendDelivery(deps: SenderDeps, claim: DeliveryClaim): Promise<void> {
  const scope: TenantScope = { tenantId: claim.tenantId }
  try {
    const found = await readClaimed(deps, scope, claim)
    if (found === undefined) return
    const answer = await post(deps, scope, found)
    // Whoever stops has not learned anything about the endpoint.
    if (deps.signal.aborted && answer.status === null) return
    const { delivery, endpoint } = found
    const after = afterAttempt(answer, delivery.attempts - delivery.former_attempts, deps.random())
    await keepOutcome(deps, scope, {
      endpointId: endpoint.id,
      deliveryId: delivery.id,
      outcome: answer,
      record: {
        attempt: claim.attempt,
        durationMs: answer.durationMs,
        responseStatus: answer.status,
        responseBody: answer.body,
        error: answer.error,
        after,
      },
    })
    deps.metrics.attempted(after.status === 'pending' ? 'retried' : after.status, answer.durationMs)
  } catch (error) {
    deps.metrics.attempted('error')
    deps.log.warn({ error, deliveryId: claim.id }, 'A webhook could not be delivered; it is taken up again.')
  }
}

interface Claimed {
  readonly delivery: DeliveryRow
  readonly endpoint: EndpointRow
}

/** Both rows; undefined when there is nothing to send any more. */
async function readClaimed(
  { endpoints, deliveries }: SenderDeps,
  scope: TenantScope,
  { id, endpointId, attempt }: DeliveryClaim,
): Promise<Claimed | undefined> {
  return deliveries.within(scope, async (sql) => {
    const delivery = await deliveries.find(sql, scope, { endpointId, id })
    if (delivery === undefined || delivery.attempts !== attempt || delivery.status !== 'pending') return undefined
    const endpoint = await endpoints.find(sql, scope, endpointId)
    if (endpoint?.enabled === true) return { delivery, endpoint }
    // It was written by what ended just when the endpoint was deleted or switched off.
    if (endpoint === undefined) await deliveries.delete(sql, scope, id)
    else await deliveries.giveUp(sql, scope, endpointId, 'The endpoint was switched off.')
    return undefined
  })
}

async function post(deps: SenderDeps, scope: TenantScope, { delivery, endpoint }: Claimed): Promise<Answer> {
  const body = bodyOfRow(delivery)
  const secrets = await deps.secrets.open(scope, endpoint)
  const sentAtMs = Date.now()
  const begun = performance.now()
  const answered = await deps.http
    .request({
      method: 'POST',
      url: endpoint.url ?? '',
      headers: {
        'content-type': 'application/json',
        // The beginning of what is compressed cannot be shown.
        'accept-encoding': 'identity',
        ...signedHeaders({ id: delivery.message_id, body, secrets, sentAtMs }),
      },
      text: body,
      timeoutMs: TIMEOUT_MS,
      // The status decides, however much comes behind it.
      keepBytes: KEPT_ANSWER_BYTES,
      maxRedirects: 0,
      signal: deps.signal,
    })
    .then(toAnswer, toFailure)
  return { ...answered, durationMs: performance.now() - begun }
}

function toAnswer({ status, headers, text }: HttpResponse): Omit<Answer, 'durationMs'> {
  const retryAfterMs = readRetryAfter(headers['retry-after'], Date.now())
  return { status, retryAfterMs, body: shortened(text), error: null }
}

function toFailure(error: unknown): Omit<Answer, 'durationMs'> {
  if (!isInlayError(error)) throw error
  const told = [`${error.message.replace(/[.]$/, '')}.`, error.detail ?? ''].join(' ').trim()
  return { status: null, body: null, error: shortened(told) }
}
