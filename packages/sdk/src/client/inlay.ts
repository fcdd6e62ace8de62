import { createTRPCClient } from '@trpc/client'
import { type ApiClient, type ApiClientOptions, createApiLinks } from './api-client.js'
import type { AppRouter } from './app-router.js'
import { ApiError } from './errors.js'
import { createFilesClient, type FilesClient } from './files.js'
import { keyedPostLink } from './keyed-post-link.js'
import {
  apiKeysResource,
  approvalsResource,
  type CallOptions,
  call,
  connectionsResource,
  connectorsResource,
  customersResource,
  eventsResource,
  runsResource,
  signingKeysResource,
  tenantResource,
  toTrpc,
  webhookEndpointsResource,
  workflowsResource,
} from './resources.js'
import { retryLink } from './retry-link.js'

/** Where the plane is, and with which key it is called. */
export interface InlayOptions extends Omit<ApiClientOptions, 'getToken'> {
  /** An API key of the tenant: `ink_live_…`. Keep it on the server. */
  readonly apiKey: string
  /** For each attempt, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number
  /** How often a call that may succeed later is repeated. @default 2 */
  readonly maxRetries?: number
}

/**
 * The API for a vendor's backend. Every call throws an `ApiError`. Calls are repeated, with growing random pauses or as
 * long as the server asks for, when the network or the server fails for a moment; none is carried out twice by that.
 *
 * @throws ApiError `client.invalid_options`
 * @example
 * const inlay = new Inlay({ baseUrl: 'https://automation.example.com', apiKey: process.env.INLAY_API_KEY ?? '' })
 * for await (const run of inlay.runs.list({ status: 'failed' })) console.log(run.id)
 */
export class Inlay {
  /** Every procedure, for what has no method here. */
  readonly api: ApiClient
  readonly customers: ReturnType<typeof customersResource>
  readonly workflows: ReturnType<typeof workflowsResource>
  readonly runs: ReturnType<typeof runsResource>
  readonly events: ReturnType<typeof eventsResource>
  readonly approvals: ReturnType<typeof approvalsResource>
  readonly connections: ReturnType<typeof connectionsResource>
  readonly connectors: ReturnType<typeof connectorsResource>
  readonly apiKeys: ReturnType<typeof apiKeysResource>
  readonly signingKeys: ReturnType<typeof signingKeysResource>
  readonly webhookEndpoints: ReturnType<typeof webhookEndpointsResource>
  readonly tenant: ReturnType<typeof tenantResource>
  readonly files: FilesClient

  constructor({ apiKey, timeoutMs = 30_000, maxRetries = 2, ...options }: InlayOptions) {
    if (typeof apiKey !== 'string' || apiKey === '') {
      const message = 'apiKey must be an API key, such as ink_live_…. Create one in the portal, under API keys.'
      throw new ApiError(message, { code: 'client.invalid_options', status: 0 })
    }
    const withKey: ApiClientOptions = { ...options, getToken: () => apiKey }
    const [keys, ...transport] = createApiLinks(withKey)
    const links = [keys, retryLink({ maxRetries, timeoutMs }), keyedPostLink(withKey), ...transport]
    this.api = createTRPCClient<AppRouter>({ links: links.filter((link) => link !== undefined) })
    this.customers = customersResource(this.api)
    this.workflows = workflowsResource(this.api)
    this.runs = runsResource(this.api)
    this.events = eventsResource(this.api)
    this.approvals = approvalsResource(this.api)
    this.connections = connectionsResource(this.api)
    this.connectors = connectorsResource(this.api)
    this.apiKeys = apiKeysResource(this.api)
    this.signingKeys = signingKeysResource(this.api)
    this.webhookEndpoints = webhookEndpointsResource(this.api)
    this.tenant = tenantResource(this.api)
    this.files = createFilesClient(withKey)
  }

  /** Whose key this is, and what it may do. */
  me(options?: CallOptions) {
    return call(this.api.auth.me.query({}, toTrpc(options)))
  }
}
