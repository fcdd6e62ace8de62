import type { TenantScope } from '@inlay/engine'
import type { AuditLog } from '../audit/index.js'
import type { AttemptRecord, WebhookDeliveryStore } from './delivery-store.js'
import type { WebhookEndpointStore } from './endpoint-store.js'
import { type AttemptOutcome, isSuccess, reasonToDisable } from './retry-plan.js'

const MAX_BODY = 1024

/** What keeping an outcome needs. */
export interface OutcomeDeps {
  readonly endpoints: WebhookEndpointStore
  readonly deliveries: WebhookDeliveryStore
  readonly audit: AuditLog
}

/** An attempt that is over. */
export interface FinishedAttempt {
  readonly endpointId: string
  readonly deliveryId: string
  readonly outcome: AttemptOutcome
  readonly record: AttemptRecord
}

/** Writes what an attempt came to, and switches its endpoint off when nobody is there any more. Safe to call twice. */
export async function keepOutcome(deps: OutcomeDeps, scope: TenantScope, attempt: FinishedAttempt): Promise<void> {
  const { endpoints, deliveries, audit } = deps
  const { endpointId, deliveryId, outcome, record } = attempt
  await deliveries.within(scope, async (sql) => {
    if (!(await deliveries.record(sql, scope, deliveryId, record))) return
    const failingMs = await endpoints.noteAttempt(sql, scope, endpointId, isSuccess(outcome))
    const reason = reasonToDisable(outcome, failingMs)
    if (reason === undefined || !(await endpoints.disable(sql, scope, { id: endpointId, reason }))) return
    await deliveries.giveUp(sql, scope, endpointId, 'The endpoint was switched off.')
    const target = { kind: 'webhook_endpoint', id: endpointId }
    await audit.record(scope, { action: 'webhook_endpoint.disabled', target, details: { reason } }, sql)
    await endpoints.tellDisabled(sql, scope, endpointId, reason)
  })
}

/** The beginning of an answer, as PostgreSQL can keep it. */
export function shortened(text: string): string {
  return Buffer.from(text.slice(0, MAX_BODY).replaceAll('\0', '�')).subarray(0, MAX_BODY).toString()
}
