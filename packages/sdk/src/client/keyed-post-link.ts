import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { type ApiClientOptions, apiFetch, callHeaders, readBaseUrl } from './api-client.js'
import type { AppRouter } from './app-router.js'
import { type ApiErrorFields, readRetryAfter, toRefusal } from './errors.js'

/** Procedures that are a POST in the REST API, and their addresses there. */
const ROUTES: Readonly<Record<string, string>> = {
  'apiKeys.create': '/api-keys',
  'approvals.decide': '/approvals/{id}/decide',
  'connections.create': '/connections',
  'connections.test': '/connections/{id}/test',
  'connectors.options': '/connectors/{connector}/options',
  'connectors.schema': '/connectors/{connector}/schema',
  'customers.create': '/customers',
  'events.publish': '/events',
  'runs.cancel': '/runs/{id}/cancel',
  'runs.fork': '/runs/{id}/fork',
  'runs.redrive': '/runs/{id}/redrive',
  'runs.redriveMany': '/runs/redrive',
  'runs.rerun': '/runs/{id}/rerun',
  'runs.resume': '/runs/{id}/resume',
  'runs.start': '/workflows/{workflowId}/runs',
  'runs.suspend': '/runs/{id}/suspend',
  'signingKeys.create': '/signing-keys',
  'webhookEndpoints.create': '/webhook-endpoints',
  'webhookEndpoints.redeliver': '/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver',
  'webhookEndpoints.rotate': '/webhook-endpoints/{id}/rotate',
  'webhookEndpoints.test': '/webhook-endpoints/{id}/test',
  'workflows.create': '/workflows',
  'workflows.publish': '/workflows/{id}/publish',
  'workflows.testRun': '/workflows/{id}/test-runs',
  'workflows.upgrade': '/workflows/{id}/upgrade',
  'workflows.upgradeCheck': '/workflows/{id}/upgrade-check',
  'workflows.validate': '/workflows/validate',
}

/** Whether the server answers a repetition of this call, by its `Idempotency-Key`, with what it answered the first time. */
export function isKeyedPost(path: string): boolean {
  return Object.hasOwn(ROUTES, path)
}

/**
 * Sends the calls above as REST, and hands all others on. The server keeps the answers to keyed POST requests for a
 * day; it does not for tRPC's, so that a call repeated there could start a second run.
 *
 * @throws ApiError `client.invalid_options` when `baseUrl` is not a URL
 */
export function keyedPostLink(options: ApiClientOptions): TRPCLink<AppRouter> {
  const base = readBaseUrl(options.baseUrl)
  return () =>
    ({ op, next }) => {
      const route = ROUTES[op.path]
      if (route === undefined) return next(op)
      return observable((observer) => {
        post(`${base}/v1`, { route, op, options }).then(
          (data) => {
            observer.next({ result: { type: 'data', data } })
            observer.complete()
          },
          // `toApiError` finds the error again as the cause.
          (error) => observer.error(TRPCClientError.from(error)),
        )
      })
    }
}

interface Call {
  readonly route: string
  readonly op: Operation
  readonly options: ApiClientOptions
}

async function post(api: string, { route, op, options }: Call): Promise<unknown> {
  // Inputs of these procedures are objects.
  const input = { ...(op.input as Record<string, unknown>) }
  const path = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(input[name])
    delete input[name]
    return encodeURIComponent(value)
  })
  const response = await apiFetch(options)(api + path, {
    method: 'POST',
    headers: { ...(await callHeaders(options, op)), 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: op.signal ?? null,
  })
  const answer: unknown = await response.json()
  if (response.ok) return answer
  // The API's refusals are problem documents (RFC 9457).
  const { title, ...problem } = answer as ApiErrorFields & { readonly title: string }
  throw toRefusal(title, { ...problem, status: response.status, retryAfterMs: readRetryAfter(response) })
}
