import { approvalsRouter } from '../approvals/router.js'
import { assistantRouter } from '../assistant/router.js'
import { auditLogRouter } from '../audit/router.js'
import { connectorsRouter } from '../catalog/router.js'
import { connectionsRouter } from '../connections/router.js'
import { domainsRouter } from '../domains/router.js'
import { eventsRouter } from '../events/router.js'
import { guardrailsRouter } from '../guardrails/router.js'
import { apiKeysRouter, authRouter, embedRouter, membersRouter, signingKeysRouter } from '../identity/router.js'
import { marketplaceRouter } from '../marketplace/router.js'
import { oauthAuthorizationsRouter, oauthClientsRouter } from '../oauth/router.js'
import { runsRouter } from '../runs/router.js'
import { automationsRouter } from '../templates/automations-router.js'
import { templatesRouter } from '../templates/router.js'
import { brandingRouter, customersRouter, tenantRouter } from '../tenancy/router.js'
import { tenantConnectorsRouter } from '../tenant-connectors/router.js'
import { triggersRouter } from '../triggers/router.js'
import { keysRouter } from '../vault/router.js'
import { webhookEndpointsRouter } from '../webhooks/router.js'
import { workflowsRouter } from '../workflows/router.js'
import { workflowTestsRouter } from '../workflows/stored-tests/router.js'
import { router } from './trpc.js'

/** Every procedure there is. */
export const appRouter = router({
  auth: authRouter,
  embed: embedRouter,
  tenant: tenantRouter,
  branding: brandingRouter,
  domains: domainsRouter,
  guardrails: guardrailsRouter,
  customers: customersRouter,
  members: membersRouter,
  apiKeys: apiKeysRouter,
  signingKeys: signingKeysRouter,
  connectors: connectorsRouter,
  tenantConnectors: tenantConnectorsRouter,
  templates: templatesRouter,
  automations: automationsRouter,
  marketplace: marketplaceRouter,
  connections: connectionsRouter,
  oauthAuthorizations: oauthAuthorizationsRouter,
  oauthClients: oauthClientsRouter,
  workflows: workflowsRouter,
  workflowTests: workflowTestsRouter,
  assistant: assistantRouter,
  triggers: triggersRouter,
  runs: runsRouter,
  events: eventsRouter,
  approvals: approvalsRouter,
  webhookEndpoints: webhookEndpointsRouter,
  auditLog: auditLogRouter,
  keys: keysRouter,
})

/** The type that clients are typed by. */
export type AppRouter = typeof appRouter
