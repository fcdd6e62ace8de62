import { type TenantScope, UserError } from '@inlay/engine'
import type { Page, PageRequest } from '../api/pagination.js'
import type { Database } from '../database/index.js'
import { type Guardrails, type GuardrailsService, isOffered } from '../guardrails/index.js'
import type { ConnectorDirectory } from './directory.js'
import { connectorDisabled, connectorNotFound, connectorNotOffered } from './errors.js'
import { type ConnectorForms, createConnectorForms, type FormDeps } from './forms.js'
import { type IndexedConnector, type ListingQuery, matchListing } from './listing.js'
import type { ConnectorDetail, OfferedConnector } from './schema.js'
import { type Availability, availabilityOf, presented } from './settings.js'
import type { CatalogSettings } from './settings-service.js'
import { type ConnectorUsage, connectorUsage } from './usage.js'
import { newestVersion } from './versions.js'

/** Which connectors are asked for. */
export type ConnectorFilter = PageRequest & ListingQuery

/** What connectors there are, and what they can tell the builder. */
export interface CatalogService extends ConnectorForms {
  /**
   * The newest release of each connector, by name. No connector's code is loaded. Customers are shown what they can use
   * and what guardrails leave them.
   */
  list(scope: TenantScope, filter: ConnectorFilter): Promise<Page<OfferedConnector>>
  /** @param version the newest release when absent @throws UserError `connector.not_found`, also for what a customer is not offered */
  get(scope: TenantScope, id: string, version?: string): Promise<ConnectorDetail>
  readonly settings: CatalogSettings
  /** How much the tenant, or the customer that the scope names, uses a connector. @throws UserError `connector.not_found` */
  usage(scope: TenantScope, connector: string, days: number): Promise<ConnectorUsage>
}

/** What the catalog is built on. */
export interface CatalogDeps extends FormDeps {
  readonly database: Database
  readonly directory: ConnectorDirectory
  readonly settings: CatalogSettings
  readonly guardrails: Pick<GuardrailsService, 'of'>
}

export function createCatalogService(deps: CatalogDeps): CatalogService {
  const { database, directory, settings, guardrails } = deps
  const forms = createConnectorForms(deps)
  return {
    settings,
    list: async (scope, filter) => {
      const [all, catalog, rules] = await Promise.all([directory.list(scope), settings.of(scope), guardrails.of(scope)])
      const offered = newestReleases(all)
        .map((connector) => presented(catalog, connector))
        .filter((connector) => isListed(scope, connector) && isAllowed(rules, connector.id))
        .flatMap((connector) => {
          const matches = matchListing(connector, filter)
          const { members: _members, ...listing } = connector
          return matches === undefined ? [] : [{ ...listing, matches }]
        })
      return pageOfNamed(offered, filter)
    },
    get: async (scope, id, version) => {
      const [summary, all, catalog, rules] = await Promise.all([
        directory.find(scope, id, version),
        directory.list(scope),
        settings.of(scope),
        guardrails.of(scope),
      ])
      const isKept = isKeptFrom(scope, availabilityOf(catalog, id)) || !isAllowed(rules, id)
      if (summary === undefined || isKept) throw connectorNotFound(id, version)
      const versions = all.filter((one) => one.id === id).map((one) => one.version)
      return { ...presented(catalog, summary), versions }
    },
    options: async (scope, request) => {
      await requireUsable(scope, request.connector)
      return forms.options(scope, request)
    },
    schema: async (scope, request) => {
      await requireUsable(scope, request.connector)
      return forms.schema(scope, request)
    },
    usage: async (scope, connector, days) => {
      if ((await directory.find(scope, connector)) === undefined) throw connectorNotFound(connector)
      return connectorUsage(database, scope, { connector, days, now: Date.now() })
    },
  }

  async function requireUsable(scope: TenantScope, id: string): Promise<void> {
    const [catalog, rules] = await Promise.all([settings.of(scope), guardrails.of(scope)])
    const availability = availabilityOf(catalog, id)
    if (availability === 'blocked' || isKeptFrom(scope, availability)) throw connectorDisabled(id)
    if (!isAllowed(rules, id)) throw connectorNotOffered(id)
  }
}

/** Customers see what they can use; people of the tenant see everything, and how it stands. */
function isKeptFrom({ customerId }: TenantScope, availability: Availability): boolean {
  return customerId !== undefined && availability !== 'enabled'
}

/** Guardrails hold for customers alone: there are none for others. */
function isAllowed(rules: Guardrails | null, id: string): boolean {
  return rules === null || isOffered(rules, id)
}

function isListed(scope: TenantScope, { availability, hidden }: Pick<OfferedConnector, 'availability' | 'hidden'>) {
  return scope.customerId === undefined || (availability === 'enabled' && !hidden)
}

function newestReleases(connectors: readonly IndexedConnector[]): IndexedConnector[] {
  const versions = new Map<string, string[]>()
  for (const { id, version } of connectors) versions.set(id, [...(versions.get(id) ?? []), version])
  return connectors.filter(({ id, version }) => newestVersion(versions.get(id) ?? []) === version)
}

/** By name as people read it; the cursor is the place of the last one in that order. */
function pageOfNamed(connectors: readonly OfferedConnector[], { cursor, limit }: PageRequest): Page<OfferedConnector> {
  const ordered = connectors.map((connector) => ({ connector, place: placeOf(connector) }))
  ordered.sort((a, b) => (a.place < b.place ? -1 : 1))
  const after = cursor === undefined ? '' : readCursor(cursor)
  const rest = ordered.filter(({ place }) => place > after)
  const last = rest[limit - 1]
  const nextCursor = rest.length > limit && last !== undefined ? writeCursor(last.place) : null
  return { data: rest.slice(0, limit).map(({ connector }) => connector), nextCursor }
}

function placeOf({ name, id }: OfferedConnector): string {
  return `${name.toLowerCase()} ${id}`
}

function writeCursor(place: string): string {
  return Buffer.from(place).toString('base64url')
}

/** @throws UserError `cursor.invalid` */
function readCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString()
  if (writeCursor(place) === cursor) return place
  throw new UserError('invalid', 'cursor.invalid', 'This is no cursor of this list: begin again without one.')
}
