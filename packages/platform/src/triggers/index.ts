export type { AppEndpointsService } from './connector/app-endpoints.js'
export type { AppEventDeliveries } from './connector/app-events.js'
export type { WebhookDeliveries } from './connector/deliveries.js'
export {
  type ConnectorTriggerDeps,
  type ConnectorTriggerRunner,
  createConnectorTriggerRunner,
  startConnectorTriggers,
} from './connector/loop.js'
export { createTriggerMetrics, type TriggerMetrics } from './connector/metrics.js'
export { createProductEventStarter, type ProductEventDeps } from './connector/product-events.js'
export { createTriggerReception, type TriggerReception, type TriggerReceptionDeps } from './connector/reception.js'
export type { TriggerSamples } from './connector/sample.js'
export { type ConnectorTriggerState, connectorTriggerStateSchema } from './connector/schema.js'
export type { TriggerCodeDeps } from './connector/trigger-code.js'
export { bodyIncomplete } from './errors.js'
export { createHookHandler, type HookDeps, type HookHandler } from './hook-handler.js'
export { type HookTarget, HookTargets } from './hook-targets.js'
export { MAX_BODY_BYTES, parseBody, parseJson, readRawBody } from './read-body.js'
export { scheduleIssues } from './schedule.js'
export { fireDueSchedules, type SchedulerDeps, startScheduler } from './scheduler.js'
export { type Arming, createTriggersService, type TriggersService } from './service.js'
