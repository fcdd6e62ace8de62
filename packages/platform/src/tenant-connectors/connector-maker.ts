/** How a stored definition becomes a connector that can be called. */
import {
  type Connector,
  type ConnectorCaller,
  type HttpClient,
  type JsonValue,
  type TenantScope,
  UserError,
} from '@inlay/engine'
import {
  createRemoteConnector,
  createRemoteTransport,
  type RemoteTransport,
  remoteDefinitionSchema,
} from '@inlay/engine/remote'
import type { Vault } from '../vault/index.js'
import { definitionInvalid } from './errors.js'
import type { TenantConnectorRow } from './store.js'

/** What connectors of tenants' own are made with. */
export interface ConnectorMakerDeps {
  readonly vault: Vault
  readonly http: HttpClient
  /** The vendor's own id of a customer. */
  readonly externalIdOf: (scope: TenantScope, customerId: string) => Promise<string | null>
  /** Makes a connector of an imported description. @throws UserError or StepError that says what is wrong with it */
  readonly importOpenApi: (definition: JsonValue) => Promise<Connector>
}

/** @throws UserError `tenant_connector.invalid` when the definition is none of its kind any more */
export async function makeConnector(
  deps: ConnectorMakerDeps,
  scope: TenantScope,
  row: TenantConnectorRow & { readonly definition: JsonValue },
): Promise<Connector> {
  if (row.source === 'openapi') return deps.importOpenApi(row.definition)
  const parsed = remoteDefinitionSchema.safeParse(row.definition)
  if (!parsed.success) throw definitionInvalid(parsed.error.message)
  return createRemoteConnector(parsed.data, await openTransport(deps, scope, row))
}

/** The way to a served connector. */
export async function openTransport(
  { vault, http, externalIdOf }: ConnectorMakerDeps,
  scope: TenantScope,
  row: TenantConnectorRow,
): Promise<RemoteTransport> {
  const { tenantId } = scope
  if (row.url === null || row.secret === null) {
    throw new UserError('conflict', 'tenant_connector.not_remote', `The connector ${row.id} is not served anywhere.`)
  }
  const target = { kind: 'tenant_connector', id: row.id }
  const open = (sealed: Buffer): Promise<string> =>
    vault.open({ tenantId, id: secretPlace(row.id) }, sealed, { purpose: 'connector', target })
  const secret = await open(row.secret)
  const former = row.former_secret === null ? [] : [await open(row.former_secret)]
  return createRemoteTransport({
    connectorId: row.connector ?? '',
    url: row.url,
    secrets: [secret, ...former],
    http,
    now: Date.now,
    externalIdOf: ({ customerId }: ConnectorCaller) => externalIdOf({ tenantId }, customerId),
  })
}

/** Where the secret of a served connector belongs. */
export function secretPlace(id: string): string {
  return `tenant_connector/${id}`
}
