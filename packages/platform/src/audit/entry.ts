import type { CustomerId, JsonObject, TenantId } from '@inlay/engine'
import { type ActingScope, type AuditSource, sourceOf } from './source.js'

/** What is recorded; names are kept for years, so none is ever given another meaning. */
export const AUDIT_ACTIONS = [
  'connection.created',
  'connection.updated',
  'connection.reauthorized',
  'connection.tested',
  'connection.deleted',
  'connection.proxied',
  'connection.reconnect_needed',
  'oauth_client.set',
  'oauth_client.deleted',
  'oauth_authorization.begun',
  'oauth_authorization.confirmed',
  'oauth_authorization.failed',
  'app_events.set',
  'app_events.rotated',
  'connector_trigger.stopped',
  'connector.configured',
  'catalog.configured',
  'tenant_connector.created',
  'tenant_connector.rotated',
  'tenant_connector.deleted',
  'marketplace.submitted',
  'marketplace.withdrawn',
  'marketplace.installed',
  'marketplace.uninstalled',
  'secret.read',
  'key.rewrapped',
  'key.rotated',
  'mcp.tool_called',
  'member.signed_in',
  'member.sign_in_failed',
  'member.sign_in_locked',
  'embed.refused',
  'api_key.created',
  'api_key.used',
  'api_key.revoked',
  'signing_key.created',
  'signing_key.revoked',
  'webhook_endpoint.created',
  'webhook_endpoint.updated',
  'webhook_endpoint.rotated',
  'webhook_endpoint.deleted',
  'webhook_endpoint.disabled',
  'customer.deleted',
  'tenant.branded',
  'guardrails.changed',
  'domain.added',
  'domain.verified',
  'domain.failing',
  'domain.stopped',
  'domain.removed',
  'file.uploaded',
  'file.deleted',
] as const
/** One of `AUDIT_ACTIONS`. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Something that was done. */
export interface AuditEntry {
  readonly action: AuditAction
  /** What it was done to: a row's id. */
  readonly target?: { readonly kind: string; readonly id: string } | undefined
  /** @default the scope's customer */
  readonly customerId?: CustomerId | undefined
  /** @default the scope's source */
  readonly source?: AuditSource | undefined
  /** Further facts. Never a secret, and never a value that a person typed in. */
  readonly details?: JsonObject | undefined
}

/** A row of the log that is not written yet. The database's clock says when it was. */
export interface AuditRow {
  readonly tenant_id: TenantId
  readonly id: string
  readonly actor_kind: string
  readonly actor_id: string
  readonly action: string
  readonly target_kind: string | null
  readonly target_id: string | null
  readonly customer_id: string | null
  readonly ip: string | null
  readonly request_id: string | null
  readonly details: JsonObject
}

const MAX_TEXT = 500

/** @param id of the row, `aud_…` */
export function toAuditRow(scope: ActingScope, entry: AuditEntry, id: string): AuditRow {
  const { actor, ip, requestId } = entry.source ?? sourceOf(scope)
  return {
    tenant_id: scope.tenantId,
    id,
    actor_kind: actor.kind,
    // An end user's id is whatever the vendor says it is.
    actor_id: tidy(actor.id),
    action: entry.action,
    target_kind: entry.target?.kind ?? null,
    target_id: entry.target === undefined ? null : tidy(entry.target.id),
    customer_id: entry.customerId ?? scope.customerId ?? null,
    ip: ip === undefined ? null : tidy(ip),
    request_id: requestId === undefined ? null : tidy(requestId),
    details: entry.details ?? {},
  }
}

/** PostgreSQL's texts hold no U+0000; a row that could not be written would keep what it tells of from being done. */
function tidy(text: string): string {
  return text.slice(0, MAX_TEXT).replaceAll('\0', '�')
}
