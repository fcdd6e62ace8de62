import type { ApprovalsService } from '../approvals/index.js'
import type { AssistantService } from '../assistant/index.js'
import type { AuditLog } from '../audit/index.js'
import type { CatalogService } from '../catalog/index.js'
import type { ConnectionsService } from '../connections/index.js'
import type { DomainsService } from '../domains/index.js'
import type { EventsService } from '../events/index.js'
import type { FilesService } from '../files/index.js'
import type { GuardrailsService } from '../guardrails/index.js'
import type {
  CallLimits,
  EmbedService,
  FailureLimit,
  IdentityService,
  RefusalLog,
  SignInLimit,
} from '../identity/index.js'
import type { MarketplaceService } from '../marketplace/index.js'
import type { OAuth } from '../oauth/index.js'
import type { RunsService } from '../runs/index.js'
import type { AutomationsService, TemplatesService } from '../templates/index.js'
import type { TenancyService } from '../tenancy/index.js'
import type { TenantConnectorsService } from '../tenant-connectors/index.js'
import type { AppEndpointsService, TriggerSamples } from '../triggers/index.js'
import type { KeyRotation } from '../vault/index.js'
import type { WebhooksService } from '../webhooks/index.js'
import type {
  DraftsService,
  StepTestsService,
  StoredTestsService,
  UpgradesService,
  WorkflowsService,
} from '../workflows/index.js'

/** What procedures are built on; a composition root makes one and hands it to every request. */
export interface Services {
  readonly audit: AuditLog
  readonly keys: KeyRotation
  readonly tenancy: TenancyService
  readonly domains: DomainsService
  readonly guardrails: GuardrailsService
  readonly files: FilesService
  readonly identity: IdentityService
  readonly signInLimit: SignInLimit
  readonly callLimits: CallLimits
  /** Of embed tokens. */
  readonly embedFailures: FailureLimit
  /** Of links to approvals and callbacks. */
  readonly linkFailures: FailureLimit
  readonly refusals: RefusalLog
  readonly embed: EmbedService
  readonly catalog: CatalogService
  readonly tenantConnectors: TenantConnectorsService
  readonly templates: TemplatesService
  readonly automations: AutomationsService
  readonly marketplace: MarketplaceService
  readonly connections: ConnectionsService
  readonly oauth: Pick<OAuth, 'authorizations' | 'clients' | 'refresher' | 'revokeCustomer'>
  readonly workflows: WorkflowsService
  readonly drafts: DraftsService
  readonly stepTests: StepTestsService
  readonly storedTests: StoredTestsService
  readonly upgrades: UpgradesService
  readonly assistant: AssistantService
  readonly runs: RunsService
  readonly events: EventsService
  readonly approvals: ApprovalsService
  readonly appEndpoints: AppEndpointsService
  readonly triggerSamples: TriggerSamples
  readonly webhooks: WebhooksService
}
