export { startWebhookDeliveries, type WebhookDeliveryDeps } from './loop.js'
export type { WebhookDelivery, WebhookEndpoint } from './schema.js'
export { createWebhooksService, type WebhooksService } from './service.js'
