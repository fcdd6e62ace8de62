import type { JsonValue, TenantScope, WorkflowDefinition } from '@inlay/engine'
import { z } from 'zod'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import { type ConnectorDirectory, connectorNotFound } from '../catalog/index.js'
import type { Database } from '../database/index.js'
import { toJson } from './definition-checks.js'
import { notReadable, upgradeBreaks } from './errors.js'
import type { SavedDraft, WorkflowsService } from './service.js'
import type { WorkflowStore } from './store.js'
import {
  breakingCount,
  checkUpgrades,
  readDefinition,
  type UseUpgrade,
  useUpgradeSchema,
  withPublishedPins,
  withUpgrades,
} from './upgrade-check.js'

export const upgradeCheckSchema = z.object({
  workflowId: z.string(),
  /** Of the draft that was checked. */
  revision: z.number(),
  /** Uses of connectors that are pinned to a version, or run on one; those of the newest have no changes. */
  uses: z.array(useUpgradeSchema),
  breaking: z.number(),
  /** Whether anything runs on an older or removed version. */
  isOutdated: z.boolean(),
})
/** What newer versions of connectors would change for a workflow. */
export type UpgradeCheck = z.infer<typeof upgradeCheckSchema>

export const outdatedWorkflowSchema = z.object({
  workflowId: z.string(),
  name: z.string(),
  customerId: z.string(),
  /** Uses of the connector by the published version. */
  uses: z.array(useUpgradeSchema),
  breaking: z.number(),
})
/** A workflow whose published version runs on an older version of a connector. */
export type OutdatedWorkflow = z.infer<typeof outdatedWorkflowSchema>

/** Which uses are to be upgraded, and whether it may break something. */
export interface UpgradeRequest {
  /** Refuses to change any other revision of the draft. @default the one that is there */
  readonly revision?: number | undefined
  /** @default all */
  readonly connectors?: readonly string[] | undefined
  /** Whether to write the draft although some changes break it: it then has to be mended before it is published. */
  readonly acceptBreaking: boolean
}

/** New versions of connectors, for workflows that were built on older ones. */
export interface UpgradesService {
  /** @throws UserError `workflow.not_found`, `definition.invalid` for a draft that cannot be read */
  check(scope: TenantScope, workflowId: string): Promise<UpgradeCheck>
  /**
   * Writes a draft that names the newest versions. What is published stays as it is.
   *
   * @throws UserError as `check`, `workflow.draft_conflict`, `workflow.upgrade_breaks` unless that is accepted
   */
  upgrade(scope: TenantScope, workflowId: string, request: UpgradeRequest): Promise<SavedDraft>
  /** Workflows that run on other versions of a connector than the newest. @throws UserError `connector.not_found` */
  ofConnector(scope: TenantScope, connector: string, page: PageRequest): Promise<Page<OutdatedWorkflow>>
}

interface UpgradeDeps {
  readonly database: Database
  readonly store: WorkflowStore
  readonly workflows: WorkflowsService
  readonly directory: ConnectorDirectory
}

export function createUpgradesService(deps: UpgradeDeps): UpgradesService {
  const { directory, workflows } = deps
  const check = async (scope: TenantScope, workflowId: string) => {
    const { draft, published } = await workflows.get(scope, workflowId)
    const definition = readDefinition(draft.definition)
    if (definition === undefined) throw notReadable()
    const pinned = withPublishedPins(definition, await publishedDefinition(deps, scope, published?.id))
    const uses = await checkUpgrades(scope, directory, pinned)
    return { definition, uses, revision: draft.revision }
  }
  return {
    check: async (scope, workflowId) => {
      const { uses, revision } = await check(scope, workflowId)
      return { workflowId, revision, uses, breaking: breakingCount(uses), isOutdated: uses.some(isBehind) }
    },
    upgrade: async (scope, workflowId, { revision: expected, connectors, acceptBreaking }) => {
      const { definition, uses, revision } = await check(scope, workflowId)
      const wanted = uses.filter(({ connector }) => connectors === undefined || connectors.includes(connector))
      const breaking = breakingCount(wanted)
      if (breaking > 0 && !acceptBreaking) throw upgradeBreaks(breaking)
      const upgraded = toJson(withUpgrades(definition, wanted))
      return workflows.saveDraft(scope, workflowId, { definition: upgraded, baseRevision: expected ?? revision })
    },
    ofConnector: async (scope, connector, page) => {
      const newest = await directory.find(scope, connector)
      if (newest === undefined) throw connectorNotFound(connector)
      const rows = await behind(deps.database, scope, { connector, newest: newest.version, ...page })
      const checked = await Promise.all(rows.map((row) => checkRow(deps, scope, { connector, row })))
      return toPage(checked, page.limit, { cursorOf: ({ workflowId }) => workflowId, toItem: (item) => item })
    },
  }
}

interface OutdatedRow {
  readonly id: string
  readonly name: string
  readonly customer_id: string
  readonly definition: JsonValue
}

async function checkRow(
  { directory }: UpgradeDeps,
  scope: TenantScope,
  { connector, row }: { readonly connector: string; readonly row: OutdatedRow },
): Promise<OutdatedWorkflow> {
  const definition = readDefinition(row.definition)
  const all = definition === undefined ? [] : await checkUpgrades(scope, directory, definition)
  const uses = all.filter((use) => use.connector === connector)
  return { workflowId: row.id, name: row.name, customerId: row.customer_id, uses, breaking: breakingCount(uses) }
}

function isBehind({ state }: UseUpgrade): boolean {
  return state !== 'current'
}

async function publishedDefinition(
  { store }: UpgradeDeps,
  scope: TenantScope,
  versionId: string | undefined,
): Promise<WorkflowDefinition | undefined> {
  if (versionId === undefined) return undefined
  return readDefinition((await store.findVersionById(scope, versionId))?.definition)
}

interface BehindQuery extends PageRequest {
  readonly connector: string
  readonly newest: string
}

function behind(database: Database, scope: TenantScope, query: BehindQuery): Promise<OutdatedRow[]> {
  const { connector, newest, cursor = null, limit } = query
  const { tenantId } = scope
  return database.withTenant(
    scope,
    (sql) => sql<OutdatedRow[]>`
    SELECT w.id, w.name, w.customer_id, v.definition FROM inlay.workflows w
    JOIN inlay.workflow_versions v ON v.tenant_id = w.tenant_id AND v.id = w.published_version_id
    WHERE w.tenant_id = ${tenantId} AND (${cursor}::text IS NULL OR w.id < ${cursor}) AND EXISTS (
      SELECT FROM inlay.connector_uses u WHERE u.tenant_id = w.tenant_id AND u.version_id = w.published_version_id
        AND u.connector = ${connector} AND u.connector_version <> ${newest})
    ORDER BY w.id DESC LIMIT ${limit + 1}`,
  )
}
