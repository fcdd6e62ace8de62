import {
  type ConnectionId,
  type Connector,
  type ConnectorAction,
  type ConnectorRegistry,
  type CredentialProvider,
  type HttpClient,
  type JsonObject,
  type JsonValue,
  type NetDoor,
  type SelectOption,
  type TenantScope,
  UserError,
} from '@inlay/engine'
import { z } from 'zod'
import { connectionFormSchema } from './auth-form.js'
import type { ConnectorSummary } from './schema.js'

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
  options(scope: TenantScope, request: OptionsRequest): Promise<readonly SelectOption[]>
}

interface CatalogDeps {
  readonly registry: ConnectorRegistry
  readonly credentials: CredentialProvider
  readonly http: HttpClient
  readonly net: NetDoor
}

export function createCatalogService({ registry, credentials, http, net }: CatalogDeps): CatalogService {
  const require = async (id: string): Promise<Connector> => {
    const connector = await registry.load(id)
    if (connector === undefined)
      throw new UserError('not_found', 'connector.not_found', `There is no connector "${id}".`)
    return connector
  }
  return {
    list: async () => {
      const ids = [...new Set(registry.list().map(({ id }) => id))]
      return (await Promise.all(ids.map(require))).map(summarize)
    },
    get: async (id) => summarize(await require(id)),
    options: async (scope, request) => {
      const connector = await require(request.connector)
      const loader = connector.actions[request.action]?.options?.[request.field]
      if (loader === undefined) {
        const title = `${connector.name} has no choices for "${request.field}" of "${request.action}".`
        throw new UserError('not_found', 'connector.no_options', title)
      }
      const auth =
        request.connectionId === undefined
          ? ({ kind: 'none', fields: {} } as const)
          : await credentials.open(scope, request.connectionId as ConnectionId, connector.id)
      const signal = AbortSignal.timeout(OPTIONS_TIMEOUT_MS)
      return loader({ auth, http, net, signal, input: request.input, search: request.search })
    },
  }
}

function summarize(connector: Connector): ConnectorSummary {
  const { auth } = connector
  return {
    id: connector.id,
    version: connector.version,
    name: connector.name,
    description: connector.description,
    icon: connector.icon ?? null,
    auth: {
      kind: auth.kind,
      optional: auth.optional ?? auth.kind === 'none',
      help: auth.help ?? null,
      schema: jsonSchema(connectionFormSchema(auth)),
    },
    actions: Object.entries(connector.actions).map(([id, action]) => summarizeAction(id, action)),
  }
}

function summarizeAction(id: string, action: ConnectorAction): ConnectorSummary['actions'][number] {
  return {
    id,
    name: action.name,
    description: action.description,
    inputSchema: jsonSchema(action.input),
    outputSchema: jsonSchema(action.output),
    sampleOutput: action.sampleOutput ?? null,
    dynamicOptions: Object.keys(action.options ?? {}),
  }
}

function jsonSchema(schema: z.ZodType): JsonValue {
  // A JSON Schema document is JSON.
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonValue
}
