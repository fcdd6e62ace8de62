import {
  type ConnectorRegistry,
  type CustomerId,
  checkConnectors,
  compileWorkflow,
  type DefinitionIssue,
  type DefinitionStore,
  type Engine,
  type JsonObject,
  type JsonValue,
  newId,
  type Program,
  type RunId,
  type TenantScope,
  UserError,
  type VersionId,
  WORKFLOW_SCHEMA,
  type WorkflowDefinition,
  type WorkflowId,
} from '@inlay/engine'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import { customerNotFound } from '../tenancy/index.js'
import type { TriggersService } from '../triggers/index.js'
import type { Version, VersionSummary, Workflow, WorkflowSummary } from './schema.js'
import type { VersionRow, WorkflowFilter, WorkflowRow, WorkflowStore } from './store.js'

/** Customers' workflows: a draft that may be wrong, and versions that are not and never change. */
export interface WorkflowsService {
  list(scope: TenantScope, filter: WorkflowFilter): Promise<Page<WorkflowSummary>>
  /** @throws UserError `workflow.not_found` */
  get(scope: TenantScope, id: string): Promise<Workflow>
  /** @throws UserError `definition.invalid` with all issues, `customer.not_found` */
  create(
    scope: TenantScope,
    workflow: { customerId: string; name: string; definition?: JsonValue | undefined },
  ): Promise<Workflow>
  update(
    scope: TenantScope,
    id: string,
    changes: { name?: string | undefined; enabled?: boolean | undefined },
  ): Promise<Workflow>
  /** Drafts may be wrong: the issues come back. @throws UserError `workflow.draft_conflict` */
  saveDraft(
    scope: TenantScope,
    id: string,
    draft: { definition: JsonValue; baseRevision: number },
  ): Promise<{ revision: number; issues: DefinitionIssue[] }>
  validate(definition: JsonValue): Promise<DefinitionIssue[]>
  /** Makes the draft a version and arms its trigger. @throws UserError `definition.invalid`, `workflow.draft_conflict` */
  publish(
    scope: TenantScope,
    id: string,
    options: { revision?: number | undefined; publishedBy: string },
  ): Promise<Version>
  listVersions(scope: TenantScope, id: string, page: PageRequest): Promise<Page<VersionSummary>>
  getVersion(scope: TenantScope, id: string, number: number): Promise<Version>
  getDefinition(scope: TenantScope, versionId: string): Promise<{ definition: JsonValue; number: number | null }>
  delete(scope: TenantScope, id: string): Promise<void>
  /** Runs a draft as it stands. @throws UserError `definition.invalid` */
  testRun(
    scope: TenantScope,
    id: string,
    test: { definition?: JsonValue | undefined; input: JsonValue },
  ): Promise<RunId>
  samples(scope: TenantScope, id: string): Promise<{ trigger: JsonValue | null; steps: Record<string, JsonValue> }>
  /** How the engine finds definitions. */
  readonly definitions: DefinitionStore
}

interface WorkflowDeps {
  readonly store: WorkflowStore
  readonly registry: ConnectorRegistry
  readonly triggers: TriggersService
  /** Asked when a test run starts; the engine itself needs `definitions` of this service. */
  readonly engine: () => Engine
}

export function createWorkflowsService(deps: WorkflowDeps): WorkflowsService {
  return new DraftedWorkflows(deps)
}

class DraftedWorkflows implements WorkflowsService {
  readonly definitions: DefinitionStore = {
    load: async (tenantId, versionId) => (await this.deps.store.findVersionById({ tenantId }, versionId))?.definition,
  }

  constructor(private readonly deps: WorkflowDeps) {}

  async list(scope: TenantScope, filter: WorkflowFilter): Promise<Page<WorkflowSummary>> {
    const rows = await this.deps.store.list(scope, filter)
    return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toSummary })
  }

  async get(scope: TenantScope, id: string): Promise<Workflow> {
    const row = await this.require(scope, id)
    return {
      ...toSummary(row),
      draft: {
        definition: row.draft,
        revision: row.draft_revision,
        issues: await this.validate(row.draft),
        updatedAt: row.draft_updated_at.toISOString(),
      },
      published: toPublished(row),
      trigger: {
        webhookUrl: row.webhook_token === null ? null : this.deps.triggers.webhookUrl(row.webhook_token),
        nextFireAt: row.next_fire_at?.toISOString() ?? null,
      },
    }
  }

  async create(scope: TenantScope, given: Parameters<WorkflowsService['create']>[1]): Promise<Workflow> {
    const draft = given.definition ?? emptyDefinition(given.name)
    if (given.definition !== undefined) await this.compile(given.definition)
    if (scope.customerId !== undefined && scope.customerId !== given.customerId)
      throw customerNotFound(given.customerId)
    const id = newId<WorkflowId>('wf', Date.now())
    const inserted = await this.deps.store.insert(scope, { id, customerId: given.customerId, name: given.name, draft })
    if (!inserted) throw customerNotFound(given.customerId)
    return this.get(scope, id)
  }

  async update(scope: TenantScope, id: string, changes: Parameters<WorkflowsService['update']>[2]): Promise<Workflow> {
    const row = await this.require(scope, id)
    if (changes.enabled === true && row.published_version_id === null) {
      throw new UserError('conflict', 'workflow.not_published', 'Publish the workflow before you switch it on.')
    }
    await this.deps.store.update(scope, id, changes)
    if (changes.enabled !== undefined) await this.deps.triggers.changed(row)
    return this.get(scope, id)
  }

  async saveDraft(
    scope: TenantScope,
    id: string,
    given: Parameters<WorkflowsService['saveDraft']>[2],
  ): Promise<{ revision: number; issues: DefinitionIssue[] }> {
    const { definition, baseRevision } = given
    if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
      throw new UserError('invalid', 'definition.invalid', 'A definition is a JSON object.')
    }
    const revision = await this.deps.store.saveDraft(scope, id, { draft: definition, baseRevision })
    if (revision === undefined) {
      await this.require(scope, id)
      throw draftConflict()
    }
    return { revision, issues: await this.validate(definition) }
  }

  async validate(definition: JsonValue): Promise<DefinitionIssue[]> {
    const compiled = compileWorkflow(definition)
    return compiled.ok ? checkConnectors(compiled.program.definition, this.deps.registry) : [...compiled.issues]
  }

  async publish(
    scope: TenantScope,
    id: string,
    { revision, publishedBy }: Parameters<WorkflowsService['publish']>[2],
  ): Promise<Version> {
    const row = await this.require(scope, id)
    if (revision !== undefined && revision !== row.draft_revision) throw draftConflict()
    const { definition, responds } = await this.compile(row.draft)
    const versionId = newId<VersionId>('ver', Date.now())
    const pinned = await this.pinConnectors(definition)
    const version = await this.deps.store.publish(
      scope,
      { id: versionId, workflow: row, definition: pinned, responds, publishedBy },
      row.draft_revision,
    )
    if (version === undefined) throw draftConflict()
    const enabled = row.enabled || row.published_version_id === null
    await this.deps.triggers.arm(scope, { workflow: row, versionId, trigger: definition.trigger, responds, enabled })
    return toVersion(version)
  }

  async listVersions(scope: TenantScope, id: string, page: PageRequest): Promise<Page<VersionSummary>> {
    await this.require(scope, id)
    const rows = await this.deps.store.listVersions(scope, id, page)
    return toPage(rows, page.limit, { cursorOf: ({ number }) => String(number), toItem: toVersionSummary })
  }

  async getVersion(scope: TenantScope, id: string, number: number): Promise<Version> {
    const row = await this.deps.store.findVersion(scope, id, number)
    if (row === undefined)
      throw new UserError('not_found', 'version.not_found', `The workflow has no version ${number}.`)
    return toVersion(row)
  }

  async getDefinition(
    scope: TenantScope,
    versionId: string,
  ): Promise<{ definition: JsonValue; number: number | null }> {
    const row = await this.deps.store.findVersionById(scope, versionId)
    if (row === undefined) throw new UserError('not_found', 'version.not_found', `There is no version ${versionId}.`)
    return { definition: row.definition, number: row.number }
  }

  async delete(scope: TenantScope, id: string): Promise<void> {
    const row = await this.require(scope, id)
    await this.deps.store.delete(scope, id)
    await this.deps.triggers.changed(row)
  }

  async testRun(scope: TenantScope, id: string, test: Parameters<WorkflowsService['testRun']>[2]): Promise<RunId> {
    const row = await this.require(scope, id)
    const { definition, responds } = await this.compile(test.definition ?? row.draft)
    const versionId = newId<VersionId>('ver', Date.now())
    const snapshot = { id: versionId, workflow: row, definition: toJson(definition), responds, publishedBy: null }
    await this.deps.store.insertSnapshot(scope, snapshot)
    const identity = {
      tenantId: scope.tenantId,
      customerId: row.customer_id as CustomerId,
      workflowId: row.id,
      versionId,
    }
    const { runId } = await this.deps.engine().start({ ...identity, mode: 'test', trigger: test.input })
    return runId
  }

  async samples(
    scope: TenantScope,
    id: string,
  ): Promise<{ trigger: JsonValue | null; steps: Record<string, JsonValue> }> {
    await this.require(scope, id)
    const rows = await this.deps.store.samples(scope, id)
    const trigger = rows.find(({ step_path }) => step_path === '')?.value ?? null
    const steps = rows.filter(({ step_path, value }) => step_path !== '' && value !== null)
    return {
      trigger,
      steps: Object.fromEntries(steps.map(({ step_path, value }) => [step_path.split('/').at(-1) ?? '', value])),
    }
  }

  private async require(scope: TenantScope, id: string): Promise<WorkflowRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw new UserError('not_found', 'workflow.not_found', `There is no workflow ${id}.`)
    return row
  }

  private async compile(definition: JsonValue): Promise<Program> {
    const compiled = compileWorkflow(definition)
    const issues = compiled.ok
      ? await checkConnectors(compiled.program.definition, this.deps.registry)
      : compiled.issues
    if (compiled.ok && issues.length === 0) return compiled.program
    const count = issues.length === 1 ? 'is one problem' : `are ${issues.length} problems`
    throw new UserError('invalid', 'definition.invalid', `There ${count} in the definition.`, {
      data: { issues } as unknown as JsonObject,
      detail: issues
        .slice(0, 5)
        .map(({ pointer, message }) => `${pointer || '/'}: ${message}`)
        .join(' '),
    })
  }

  /** A version says which versions of connectors it runs on, so that a new one does not change what was tested. */
  private async pinConnectors(definition: WorkflowDefinition): Promise<JsonValue> {
    const pin = async (value: JsonValue): Promise<JsonValue> => {
      if (Array.isArray(value)) return Promise.all(value.map(pin))
      if (typeof value !== 'object' || value === null) return value
      const fields = value as JsonObject
      if (fields['type'] === 'action' && typeof fields['connector'] === 'string' && fields['version'] === undefined) {
        const connector = await this.deps.registry.load(fields['connector'])
        return connector === undefined ? fields : { ...fields, version: connector.version }
      }
      return Object.fromEntries(
        await Promise.all(Object.entries(fields).map(async ([key, child]) => [key, await pin(child)] as const)),
      )
    }
    const { steps, ...rest } = definition
    return { ...(toJson(rest) as JsonObject), steps: await pin(toJson(steps)) }
  }
}

/** A parsed definition is the JSON it was parsed from. */
function toJson(value: unknown): JsonValue {
  return value as JsonValue
}

function emptyDefinition(name: string): JsonValue {
  return { schema: WORKFLOW_SCHEMA, name, trigger: { type: 'webhook' }, steps: [] }
}

function draftConflict(): UserError {
  return new UserError('conflict', 'workflow.draft_conflict', 'Somebody else has changed the draft in the meantime.', {
    detail: 'Load the workflow again, then make your change once more.',
  })
}

function toSummary(row: WorkflowRow): WorkflowSummary {
  const lastRun =
    row.last_run_id === null || row.last_run_status === null || row.last_run_at === null
      ? null
      : { id: row.last_run_id, status: row.last_run_status, createdAt: row.last_run_at.toISOString() }
  return {
    id: row.id,
    customerId: row.customer_id,
    name: row.name,
    enabled: row.enabled,
    triggerType: triggerTypeOf(row.draft),
    publishedVersion: row.published_number,
    hasUnpublishedChanges: row.published_revision !== row.draft_revision,
    lastRun,
    updatedAt: row.updated_at.toISOString(),
  }
}

function triggerTypeOf(draft: JsonValue): string {
  // Drafts may be anything; only a well-formed trigger has a type to show.
  const { trigger } = draft as { trigger?: { type?: unknown } }
  return typeof trigger?.type === 'string' ? trigger.type : 'manual'
}

function toPublished(row: WorkflowRow): Workflow['published'] {
  if (row.published_version_id === null || row.published_number === null || row.published_at === null) return null
  return { id: row.published_version_id, number: row.published_number, publishedAt: row.published_at.toISOString() }
}

function toVersionSummary(row: VersionRow): VersionSummary {
  return {
    id: row.id,
    number: row.number ?? 0,
    publishedAt: row.created_at.toISOString(),
    publishedBy: row.published_by,
  }
}

function toVersion(row: VersionRow): Version {
  return { ...toVersionSummary(row), definition: row.definition }
}
