import type { CatalogService } from '../catalog/index.js'
import type { ConnectionsService } from '../connections/index.js'
import type { EmbedService, IdentityService, SignInLimit } from '../identity/index.js'
import type { TenancyService } from '../tenancy/index.js'
import type { WorkflowsService } from '../workflows/index.js'

/** What procedures may call. Each app's composition root makes these once. */
export interface Services {
  readonly tenancy: TenancyService
  readonly identity: IdentityService
  readonly embed: EmbedService
  readonly signInLimit: SignInLimit
  readonly catalog: CatalogService
  readonly connections: ConnectionsService
  readonly workflows: WorkflowsService
}
