import type {
  ConnectionId,
  Connector,
  ConnectorRegistry,
  CredentialProvider,
  DynamicOptions,
  HttpClient,
  JsonObject,
  NetDoor,
  OptionsPage,
  TenantScope,
} from '@inlay/engine'
import { callConnector } from './call-connector.js'
import { noOptions, requireConnector } from './errors.js'
import type { ConnectorSummary } from './schema.js'
import { summarizeConnector } from './summarize.js'

const OPTIONS_TIMEOUT_MS = 15_000

export interface OptionsRequest {
  readonly connector: string
  readonly action: string
  readonly field: string
  readonly connectionId?: string | undefined
  readonly input: JsonObject
  readonly search: string
}

/** What connectors there are, and what they can tell the builder. */
export interface CatalogService {
  list(): Promise<ConnectorSummary[]>
  /** @throws UserError `connector.not_found` */
  get(id: string): Promise<ConnectorSummary>
  /** Choices for a field, fetched from the service. @throws UserError `connector.not_found`, `connector.no_options`; StepError by the service */
  options(scope: TenantScope, request: OptionsRequest): Promise<OptionsPage>
}

interface CatalogDeps {
  readonly registry: ConnectorRegistry
  readonly credentials: CredentialProvider
  readonly http: HttpClient
  readonly net: NetDoor
}

export function createCatalogService({ registry, credentials, http, net }: CatalogDeps): CatalogService {
  // JSON Schemas are worth keeping: a connector's are made once, however often the builder opens.
  const summaries = new WeakMap<Connector, ConnectorSummary>()
  const summaryOf = (connector: Connector): ConnectorSummary => {
    const summary = summaries.get(connector) ?? summarizeConnector(connector)
    summaries.set(connector, summary)
    return summary
  }
  const require = (id: string): Promise<Connector> => requireConnector(registry, id)
  return {
    list: async () => {
      const ids = [...new Set(registry.list().map(({ id }) => id))]
      return (await Promise.all(ids.map(require))).map(summaryOf)
    },
    get: async (id) => summaryOf(await require(id)),
    options: async (scope, request) => {
      const connector = await require(request.connector)
      const loader = loaderOf(connector, request)
      if (loader === undefined) throw noOptions(connector.name, request)
      const auth =
        request.connectionId === undefined
          ? ({ kind: 'none', fields: {} } as const)
          : // Whatever the id is, a connection is found in the caller's scope or not at all.
            await credentials.open(scope, request.connectionId as ConnectionId, connector.id)
      const { input, search } = request
      return callConnector(connector.name, OPTIONS_TIMEOUT_MS, (signal) =>
        loader.load({ auth, http, net, signal, input, search }),
      )
    },
  }
}

/** Names come from outside: only own properties count, or `constructor` would be an action. */
function loaderOf(connector: Connector, { action, field }: OptionsRequest): DynamicOptions | undefined {
  const options = Object.hasOwn(connector.actions, action) ? connector.actions[action]?.options : undefined
  return options !== undefined && Object.hasOwn(options, field) ? options[field] : undefined
}
