import type { TenantId } from '@inlay/engine'
import type { AuditLog } from '../../audit/index.js'
import type { ConnectionsService } from '../../connections/index.js'
import { type AppEndpointsService, createAppEndpointsService } from './app-endpoints.js'
import { type AppEventDeliveries, type AppEventDeps, createAppEventDeliveries } from './app-events.js'
import { createWebhookDeliveries, type DeliveryDeps, type WebhookDeliveries } from './deliveries.js'
import { createTriggerSamples, type TriggerSamples } from './sample.js'

/** What a control plane does about the triggers of connectors: takes deliveries, and serves those who set them up. */
export interface TriggerReception {
  readonly webhooks: WebhookDeliveries
  readonly appEvents: AppEventDeliveries
  readonly services: { readonly appEndpoints: AppEndpointsService; readonly triggerSamples: TriggerSamples }
}

/** What a control plane needs for it. */
export interface TriggerReceptionDeps extends Omit<DeliveryDeps, 'credentials'> {
  readonly connections: Pick<ConnectionsService, 'ofAccount' | 'credentials'>
  /** Opens the apps in whose name accounts are connected. */
  readonly oauthApps: AppEventDeps['oauthApps']
  readonly audit: AuditLog
  /** The origin under which services reach the control plane for a tenant. */
  readonly baseOf: (tenantId: TenantId) => string
}

/** Puts together what a control plane does about the triggers of connectors. */
export function createTriggerReception(deps: TriggerReceptionDeps): TriggerReception {
  const { connections } = deps
  const withCredentials = { ...deps, credentials: connections.credentials }
  const appEndpoints = createAppEndpointsService(deps)
  return {
    webhooks: createWebhookDeliveries(withCredentials),
    appEvents: createAppEventDeliveries({ ...withCredentials, endpoints: appEndpoints, connections }),
    services: { appEndpoints, triggerSamples: createTriggerSamples(withCredentials) },
  }
}
