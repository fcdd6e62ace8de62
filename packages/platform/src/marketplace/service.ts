import { isInlayError, type JsonObject, type JsonValue, newId, type TenantScope } from '@inlay/engine'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import type { ActingScope, AuditAction, AuditLog } from '../audit/index.js'
import { type Database, holdsText, type ScopedSql } from '../database/index.js'
import { type TemplatesService, withoutConnections } from '../templates/index.js'
import type { TenantConnectorsService } from '../tenant-connectors/index.js'
import { listingNotFound, notShareable, submissionNotFound, versionTaken } from './errors.js'
import type { Listing, ListingDetail, ListingKind, SharedTemplate, Submission } from './schema.js'
import { type ListingRow, type SubmissionRow, toListing, toSubmission } from './views.js'

/** What is handed in: a connector of the tenant's own, or one of its templates. */
export interface NewSubmission {
  /** An earlier submission, of which this is a newer version. */
  readonly id?: string | undefined
  readonly kind: ListingKind
  /** Of the connector of the tenant's own, or of the template. */
  readonly sourceId: string
  readonly name: string
  readonly description: string
  readonly version: string
}

/** What somebody looks for. */
export interface ListingFilter extends PageRequest {
  readonly kind?: ListingKind | undefined
  readonly search?: string | undefined
}

/** Connectors and templates that tenants share with each other. */
export interface MarketplaceService {
  submissions(scope: TenantScope): Promise<Submission[]>
  /** @throws UserError `marketplace.not_shareable`, `marketplace.version`, `marketplace.no_submission`; those of the source */
  submit(scope: ActingScope, submission: NewSubmission): Promise<Submission>
  /** Takes it back; who has installed it keeps it. @throws UserError `marketplace.no_submission` */
  withdraw(scope: ActingScope, id: string): Promise<Submission>
  browse(scope: TenantScope, filter: ListingFilter): Promise<Page<Listing>>
  /** @throws UserError `marketplace.not_found` */
  get(scope: TenantScope, id: string): Promise<ListingDetail>
  /** Copies it to the tenant; again, the newer version. @throws UserError `marketplace.not_found`; those of connectors */
  install(scope: ActingScope, id: string): Promise<Listing>
  /** Removes the copy; workflows that were made of a template stay. @throws UserError `marketplace.not_found` */
  uninstall(scope: ActingScope, id: string): Promise<void>
}

/** What the marketplace is made of. */
export interface MarketplaceDeps {
  readonly database: Database
  readonly audit: AuditLog
  readonly templates: TemplatesService
  readonly tenantConnectors: TenantConnectorsService
}

/** The marketplace in the database: what was approved is a copy that its publisher cannot change. */
export function createMarketplaceService(deps: MarketplaceDeps): MarketplaceService {
  const { database } = deps
  return {
    submissions: async (scope) => {
      const rows = await database.withTenant(
        scope,
        (sql) => sql<SubmissionRow[]>`
          SELECT id, kind, name, description, version, content, state, note, created_at, updated_at
          FROM inlay.marketplace_submissions WHERE tenant_id = ${scope.tenantId} ORDER BY id DESC`,
      )
      return rows.map(toSubmission)
    },
    submit: (scope, submission) => submit(deps, scope, submission),
    withdraw: (scope, id) =>
      database.withTenant(scope, async (sql) => {
        await sql`DELETE FROM inlay.marketplace WHERE listing_id = ${id} AND publisher_id = ${scope.tenantId}`
        await sql`UPDATE inlay.marketplace_submissions SET state = 'withdrawn', updated_at = now()
          WHERE tenant_id = ${scope.tenantId} AND id = ${id}`
        await record(deps, scope, { action: 'marketplace.withdrawn', id }, sql)
        return toSubmission(await requireSubmission(sql, scope, id))
      }),
    browse: (scope, filter) => browse(database, scope, filter),
    get: async (scope, id) => {
      const row = await database.withTenant(scope, (sql) => requireListing(sql, scope, id))
      return { ...toListing(row), content: row.content, template: row.template }
    },
    install: (scope, id) => install(deps, scope, id),
    uninstall: (scope, id) => uninstall(deps, scope, id),
  }
}

async function submit(deps: MarketplaceDeps, scope: ActingScope, given: NewSubmission): Promise<Submission> {
  const { content, template } = await contentOf(deps, scope, given)
  const { id = newId('lst', Date.now()), kind, name, description, version } = given
  return deps.database.withTenant(scope, async (sql) => {
    if (given.id !== undefined) {
      const before = await requireSubmission(sql, scope, given.id)
      if (before.version === version && before.state !== 'rejected') throw versionTaken(version)
      await sql`
        UPDATE inlay.marketplace_submissions SET name = ${name}, description = ${description}, version = ${version},
          content = ${sql.json(content as never)}, template = ${template === null ? null : sql.json(template as never)}, state = 'submitted', note = NULL, updated_at = now()
        WHERE tenant_id = ${scope.tenantId} AND id = ${id}`
    } else {
      await sql`
        INSERT INTO inlay.marketplace_submissions (tenant_id, id, kind, name, description, version, content, template, state)
        VALUES (${scope.tenantId}, ${id}, ${kind}, ${name}, ${description}, ${version}, ${sql.json(content as never)},
          ${template === null ? null : sql.json(template as never)}, 'submitted')`
    }
    await record(deps, scope, { action: 'marketplace.submitted', id }, sql)
    return toSubmission(await requireSubmission(sql, scope, id))
  })
}

/** A copy: what is reviewed is what others get. */
async function contentOf(
  deps: MarketplaceDeps,
  scope: TenantScope,
  { kind, sourceId }: NewSubmission,
): Promise<{ readonly content: JsonValue; readonly template: SharedTemplate | null }> {
  if (kind === 'template') {
    const { definition, settings, useCase, sample } = await deps.templates.get(scope, sourceId)
    return { content: withoutConnections(definition), template: { settings, useCase, sample } }
  }
  const definition = await deps.tenantConnectors.definition(scope, sourceId)
  if (definition === undefined) throw notShareable(sourceId)
  return { content: definition, template: null }
}

async function browse(
  database: Database,
  scope: TenantScope,
  {
    cursor = null,
    limit,
    kind = null,
    search = '',
  }: Omit<ListingFilter, 'cursor' | 'kind'> & {
    readonly cursor?: string | null | undefined
    readonly kind?: ListingKind | null | undefined
  },
): Promise<Page<Listing>> {
  const rows = await database.withTenant(
    scope,
    (sql) => sql<ListingRow[]>`
      SELECT m.*, i.version AS installed_version, i.target_id AS installed_as FROM inlay.marketplace m
      LEFT JOIN inlay.marketplace_installs i ON i.tenant_id = ${scope.tenantId} AND i.listing_id = m.listing_id
      WHERE (${cursor}::text IS NULL OR m.listing_id < ${cursor}) AND (${kind}::text IS NULL OR m.kind = ${kind})
        ${search === '' ? sql`` : sql`AND (${holdsText(sql, sql`m.name`, search)} OR ${holdsText(sql, sql`m.description`, search)})`}
      ORDER BY m.listing_id DESC LIMIT ${limit + 1}`,
  )
  return toPage(rows, limit, { cursorOf: ({ listing_id }) => listing_id, toItem: toListing })
}

async function install(deps: MarketplaceDeps, scope: ActingScope, id: string): Promise<Listing> {
  const { database } = deps
  const listing = await database.withTenant(scope, (sql) => requireListing(sql, scope, id))
  const { content, version, kind } = listing
  const targetId =
    kind === 'connector'
      ? (await deps.tenantConnectors.addOpenApi(scope, content)).id
      : await installTemplate(deps, scope, listing)
  return database.withTenant(scope, async (sql) => {
    await sql`
      INSERT INTO inlay.marketplace_installs (tenant_id, listing_id, version, target_id)
      VALUES (${scope.tenantId}, ${id}, ${version}, ${targetId})
      ON CONFLICT (tenant_id, listing_id)
      DO UPDATE SET version = excluded.version, target_id = excluded.target_id, installed_at = now()`
    await record(deps, scope, { action: 'marketplace.installed', id }, sql)
    return toListing(await requireListing(sql, scope, id))
  })
}

/** The copy that is there becomes the newer version: what was made of it still names it. @returns the template's id */
async function installTemplate(
  { templates }: MarketplaceDeps,
  scope: TenantScope,
  listing: ListingRow,
): Promise<string> {
  const { listing_id: listingId, name, description, content: definition, template, installed_as: before } = listing
  // What is kept as settings is a JSON Schema, which is an object.
  const settings = (template?.settings ?? null) as JsonObject | null
  const { useCase = null, sample = null } = template ?? {}
  const offered = { name, description, definition, settings, useCase, sample }
  const isThere = before !== null && (await hasTemplate(templates, scope, before))
  if (isThere) return (await templates.update(scope, before, offered)).id
  return (await templates.create(scope, { ...offered, listingId })).id
}

/** Its people may have deleted the copy. */
async function hasTemplate(templates: TemplatesService, scope: TenantScope, id: string): Promise<boolean> {
  try {
    await templates.get(scope, id)
    return true
  } catch (error) {
    if (isInlayError(error) && error.code === 'template.not_found') return false
    throw error
  }
}

async function uninstall(deps: MarketplaceDeps, scope: ActingScope, id: string): Promise<void> {
  const [installed] = await deps.database.withTenant(
    scope,
    (sql) => sql<{ target_id: string }[]>`
      DELETE FROM inlay.marketplace_installs WHERE tenant_id = ${scope.tenantId} AND listing_id = ${id} RETURNING target_id`,
  )
  if (installed === undefined) throw listingNotFound(id)
  const { target_id: target } = installed
  if (target.startsWith('tpl_')) await deps.templates.delete(scope, target)
  else await deps.tenantConnectors.delete(scope, target)
  await record(deps, scope, { action: 'marketplace.uninstalled', id })
}

async function requireListing(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<ListingRow> {
  const [row] = await sql<ListingRow[]>`
    SELECT m.*, i.version AS installed_version, i.target_id AS installed_as FROM inlay.marketplace m
    LEFT JOIN inlay.marketplace_installs i ON i.tenant_id = ${tenantId} AND i.listing_id = m.listing_id
    WHERE m.listing_id = ${id}`
  if (row === undefined) throw listingNotFound(id)
  return row
}

async function requireSubmission(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<SubmissionRow> {
  const [row] = await sql<SubmissionRow[]>`
    SELECT id, kind, name, description, version, content, state, note, created_at, updated_at
    FROM inlay.marketplace_submissions WHERE tenant_id = ${tenantId} AND id = ${id}`
  if (row === undefined) throw submissionNotFound(id)
  return row
}

function record(
  { audit }: MarketplaceDeps,
  scope: ActingScope,
  { action, id }: { readonly action: Extract<AuditAction, `marketplace.${string}`>; readonly id: string },
  sql?: ScopedSql,
): Promise<void> {
  return audit.record(scope, { action, target: { kind: 'listing', id } }, sql)
}
