import type { ApiClient } from '@inlay/sdk/client'

/** An endpoint that is told what happens. */
export type Endpoint = Awaited<ReturnType<ApiClient['webhookEndpoints']['list']['query']>>['data'][number]
/** A message that was, or is to be, sent to one. */
export type Delivery = Awaited<ReturnType<ApiClient['webhookEndpoints']['deliveries']['query']>>['data'][number]
/** What an endpoint can be told of. */
export type EventType = Endpoint['eventTypes'][number]

/** What endpoints can be told of, as people say it. */
export const EVENTS: readonly { readonly type: EventType; readonly label: string }[] = [
  { type: 'run.succeeded', label: 'A run has succeeded' },
  { type: 'run.failed', label: 'A run has failed' },
  { type: 'connection.reconnect_needed', label: 'An account has to be connected again' },
  { type: 'workflow.published', label: 'An automation was published' },
  { type: 'webhook_endpoint.disabled', label: 'An endpoint was switched off by itself' },
]

/** What an endpoint is called in sentences. */
export function nameOf({ url, description }: Endpoint): string {
  return url ?? (description === '' ? 'Listener' : description)
}

/** How an endpoint fares. */
export function stateOf({ enabled, failingSince, disabledReason }: Endpoint) {
  if (disabledReason !== null) return { tone: 'danger', label: 'Switched off by itself' } as const
  if (!enabled) return { tone: 'neutral', label: 'Off' } as const
  if (failingSince !== null) return { tone: 'warning', label: 'Fails' } as const
  return { tone: 'success', label: 'On' } as const
}
