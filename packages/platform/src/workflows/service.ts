import {
  type ConnectorRegistry,
  type DefinitionIssue,
  type DefinitionStore,
  type Engine,
  inScope,
  type JsonValue,
  newId,
  type RunId,
  type TenantScope,
  type VersionId,
  type WorkflowId,
  workflowSchema,
} from '@inlay/engine'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import type { TenantCatalogs } from '../catalog/index.js'
import type { ConnectionsService } from '../connections/index.js'
import type { FilesService } from '../files/index.js'
import { type GuardrailsService, guardrailIssues, onlyTemplates, tooManyWorkflows } from '../guardrails/index.js'
import { customerNotFound } from '../tenancy/index.js'
import type { TriggersService } from '../triggers/index.js'
import { recordUses } from './connector-uses.js'
import {
  type Deployment,
  definitionIssues,
  emptyDefinition,
  pinConnectors,
  requireDraft,
  requireValid,
  toJson,
} from './definition-checks.js'
import { createDefinitionStore } from './definitions.js'
import { draftConflict, invalidDefinition, notPublished, versionNotFound, workflowNotFound } from './errors.js'
import { fileIssues } from './file-issues.js'
import type { Version, VersionSummary, Workflow, WorkflowSummary } from './schema.js'
import { scopeIssues } from './scope-issues.js'
import { latestSamples, type Samples } from './step-tests/latest-samples.js'
import type { SampleStore } from './step-tests/store.js'
import { upToStep } from './step-tests/up-to-step.js'
import type { WorkflowChange, WorkflowDetailRow, WorkflowFilter, WorkflowStore } from './store.js'
import { toPublished, toSummary, toVersion, toVersionSummary } from './views.js'

/** Runs that are cancelled at a time when their workflow is deleted. */
const CANCEL_BATCH = 100

export interface NewWorkflow {
  readonly customerId: string
  readonly name: string
  /** @default a webhook trigger and no steps */
  readonly definition?: JsonValue | undefined
  /** Whether the caller has a template for it. @default false */
  readonly isOfTemplate?: boolean
}

export interface DraftChange {
  readonly definition: JsonValue
  /** The revision that the change was made to. */
  readonly baseRevision: number
}

export interface SavedDraft {
  readonly revision: number
  readonly issues: DefinitionIssue[]
}

export interface PublishRequest {
  /** Refuses to publish any other revision of the draft. @default the one that is there */
  readonly revision?: number | undefined
  readonly publishedBy: string
}

export interface TestRequest {
  /** @default the draft as it is stored */
  readonly definition?: JsonValue | undefined
  readonly input: JsonValue
  /** The last step to be run; what comes after it is left out. @default all are run */
  readonly upTo?: string | undefined
}

/** Customers' workflows: a draft that may be wrong, and versions that are not and never change. */
export interface WorkflowsService {
  list(scope: TenantScope, filter: WorkflowFilter): Promise<Page<WorkflowSummary>>
  /** @throws UserError `workflow.not_found` */
  get(scope: TenantScope, id: string): Promise<Workflow>
  /** @throws UserError `definition.invalid` with all issues, `customer.not_found`, `workflow.limit_reached`, `workflow.templates_only` */
  create(scope: TenantScope, workflow: NewWorkflow): Promise<Workflow>
  /** @throws UserError `workflow.not_found`, `workflow.not_published`; `definition.invalid` when it is to be switched on, and a connection lacks permissions that a step needs, a file is gone or something is not offered */
  update(scope: TenantScope, id: string, change: WorkflowChange): Promise<Workflow>
  /** Drafts may be wrong: the issues come back. @throws UserError `workflow.not_found`, `workflow.draft_conflict`, `definition.invalid` for what is no definition at all */
  saveDraft(scope: TenantScope, id: string, draft: DraftChange): Promise<SavedDraft>
  /** @param customerId whose workflow it is to be. @default the caller's; for callers of no customer, anyone's files will do */
  validate(scope: TenantScope, definition: JsonValue, customerId?: string): Promise<DefinitionIssue[]>
  /** Makes the draft a version and arms its trigger. @throws UserError `workflow.not_found`, `workflow.draft_conflict`, `definition.invalid` */
  publish(scope: TenantScope, id: string, request: PublishRequest): Promise<Version>
  /** Newest first. @throws UserError `workflow.not_found` */
  listVersions(scope: TenantScope, id: string, page: PageRequest): Promise<Page<VersionSummary>>
  /** @throws UserError `version.not_found` */
  getVersion(scope: TenantScope, id: string, number: number): Promise<Version>
  /** Also of unnumbered versions, which test runs execute. @throws UserError `version.not_found` */
  getDefinition(scope: TenantScope, versionId: string): Promise<{ definition: JsonValue; number: number | null }>
  /** Cancels its runs that have not ended. @throws UserError `workflow.not_found` */
  delete(scope: TenantScope, id: string): Promise<void>
  /** Runs a draft as it stands, with pinned data in place of the steps that have some. @throws UserError `workflow.not_found`, `workflow.unknown_step`, `definition.invalid` */
  testRun(scope: TenantScope, id: string, test: TestRequest): Promise<RunId>
  /** @throws UserError `workflow.not_found` */
  samples(scope: TenantScope, id: string): Promise<Samples>
  /** How the engine finds definitions. */
  readonly definitions: DefinitionStore
}

interface WorkflowDeps {
  readonly store: WorkflowStore
  readonly samples: SampleStore
  readonly registry: ConnectorRegistry
  readonly catalogs: Pick<TenantCatalogs, 'of'>
  readonly triggers: TriggersService
  /** Tells what a caller is offered. */
  readonly guardrails: Pick<GuardrailsService, 'of'>
  /** Tells what was granted to the connections of steps. */
  readonly connections: Pick<ConnectionsService, 'grants'>
  /** Tells which files are still there. */
  readonly files: Pick<FilesService, 'kept'>
  /** Tells those who have the draft open that it was saved. @default nobody is told */
  readonly announceDraft?: (workflowId: string) => void
  /** Asked when it is needed; the engine itself needs `definitions` of this service. */
  readonly engine: () => Engine
}

export function createWorkflowsService(deps: WorkflowDeps): WorkflowsService {
  return new DraftedWorkflows(deps)
}

class DraftedWorkflows implements WorkflowsService {
  readonly definitions: DefinitionStore

  constructor(private readonly deps: WorkflowDeps) {
    this.definitions = createDefinitionStore(deps.store)
  }

  async list(scope: TenantScope, filter: WorkflowFilter): Promise<Page<WorkflowSummary>> {
    const rows = await this.deps.store.list(scope, filter)
    return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toSummary })
  }

  async get(scope: TenantScope, id: string): Promise<Workflow> {
    const row = await this.require(scope, id)
    const { published_version_id: versionId } = row
    const [issues, trigger] = await Promise.all([
      this.validate(scope, row.draft, row.customer_id),
      versionId === null ? NOT_ARMED : this.deps.triggers.describe(scope, id, versionId),
    ])
    const { draft: definition, draft_revision: revision } = row
    return {
      ...toSummary(row),
      draft: { definition, revision, issues, updatedAt: row.draft_updated_at.toISOString() },
      published: toPublished(row),
      trigger,
    }
  }

  async create(scope: TenantScope, workflow: NewWorkflow): Promise<Workflow> {
    const { customerId, name, definition, isOfTemplate = false } = workflow
    const offer = await this.deps.guardrails.of(scope)
    if (offer?.templatesOnly === true && !isOfTemplate) throw onlyTemplates()
    if (definition !== undefined) await requireValid(definition, await this.deployment(scope))
    const id = newId<WorkflowId>('wf', Date.now())
    const draft = definition ?? emptyDefinition(name)
    // Row security hides other customers from a caller that is confined to one.
    const limit = offer?.maxWorkflows ?? null
    const outcome = await this.deps.store.insert(scope, { id, customerId, name, draft, limit })
    if (outcome === 'full') throw tooManyWorkflows(limit ?? 0)
    if (outcome === 'no_customer') throw customerNotFound(customerId)
    return this.get(scope, id)
  }

  async update(scope: TenantScope, id: string, change: WorkflowChange): Promise<Workflow> {
    const workflow = await this.require(scope, id)
    const { published_version_id: versionId } = workflow
    const { enabled } = change
    if (enabled === true && versionId === null) throw notPublished()
    if (enabled === true && !workflow.enabled) await this.requireUsable(scope, workflow)
    const { store, triggers } = this.deps
    await store.update(scope, id, {
      ...change,
      within: async (sql) => {
        if (enabled === undefined || versionId === null) return
        await triggers.setEnabled(sql, scope, { workflowId: id, versionId, enabled })
      },
    })
    if (enabled !== undefined) triggers.announce(id)
    return this.get(scope, id)
  }

  async saveDraft(scope: TenantScope, id: string, { definition, baseRevision }: DraftChange): Promise<SavedDraft> {
    const draft = requireDraft(definition)
    const saved = await this.deps.store.saveDraft(scope, id, { draft, baseRevision })
    if (saved !== undefined) {
      this.deps.announceDraft?.(id)
      const { draft_revision: revision, customer_id: customerId } = saved
      return { revision, issues: await this.validate(scope, draft, customerId) }
    }
    await this.require(scope, id)
    throw draftConflict()
  }

  async validate(
    scope: TenantScope,
    definition: JsonValue,
    customerId: string | undefined = scope.customerId,
  ): Promise<DefinitionIssue[]> {
    return definitionIssues(definition, await this.forUse(scope, customerId))
  }

  async publish(scope: TenantScope, id: string, { revision, publishedBy }: PublishRequest): Promise<Version> {
    const { store, registry, triggers } = this.deps
    const workflow = await this.require(scope, id)
    const { customer_id: customerId } = workflow
    if (revision !== undefined && revision !== workflow.draft_revision) throw draftConflict()
    const { definition, responds } = await requireValid(workflow.draft, await this.forUse(scope, customerId))
    const versionId = newId<VersionId>('ver', Date.now())
    const pinned = await pinConnectors(definition, inScope(registry, scope))
    const version = await store.publish(scope, {
      version: { id: versionId, workflow, definition: toJson(pinned), responds, publishedBy },
      revision: workflow.draft_revision,
      within: async (sql, { enabled }) => {
        const { trigger } = pinned
        await recordUses(sql, scope, { definition: pinned, usedBy: { versionId, workflowId: workflow.id, customerId } })
        await triggers.arm(sql, scope, { workflowId: workflow.id, customerId, versionId, trigger, responds, enabled })
      },
    })
    if (version === undefined) throw draftConflict()
    triggers.announce(id)
    return toVersion(version)
  }

  async listVersions(scope: TenantScope, id: string, page: PageRequest): Promise<Page<VersionSummary>> {
    await this.require(scope, id)
    const rows = await this.deps.store.listVersions(scope, id, page)
    return toPage(rows, page.limit, { cursorOf: ({ number }) => String(number), toItem: toVersionSummary })
  }

  async getVersion(scope: TenantScope, id: string, number: number): Promise<Version> {
    const row = await this.deps.store.findVersion(scope, id, number)
    if (row === undefined) throw versionNotFound(`${number} of the workflow ${id}`)
    return toVersion(row)
  }

  async getDefinition(
    scope: TenantScope,
    versionId: string,
  ): Promise<{ definition: JsonValue; number: number | null }> {
    const row = await this.deps.store.findVersionById(scope, versionId)
    if (row === undefined) throw versionNotFound(versionId)
    return { definition: row.definition, number: row.number }
  }

  async delete(scope: TenantScope, id: string): Promise<void> {
    const { store, triggers } = this.deps
    await this.require(scope, id)
    await store.delete(scope, id)
    triggers.announce(id)
    await this.cancelRuns(scope, id)
  }

  async testRun(scope: TenantScope, id: string, { definition: given, input, upTo }: TestRequest): Promise<RunId> {
    const { store, samples, engine } = this.deps
    const workflow = await this.require(scope, id)
    const document = upToStep(given ?? workflow.draft, upTo)
    const { definition, responds } = await requireValid(document, await this.deployment(scope))
    const versionId = newId<VersionId>('ver', Date.now())
    await store.insertSnapshot(scope, {
      id: versionId,
      workflow,
      definition: toJson(definition),
      responds,
      publishedBy: null,
      pins: await samples.pins(scope, id),
    })
    const { runId } = await engine().start({
      tenantId: scope.tenantId,
      customerId: workflow.customer_id,
      workflowId: workflow.id,
      versionId,
      mode: 'test',
      trigger: input,
    })
    return runId
  }

  async samples(scope: TenantScope, id: string): Promise<Samples> {
    const { customer_id: customerId } = await this.require(scope, id)
    const [recorded, kept] = await Promise.all([this.deps.store.samples(scope, id), this.deps.samples.list(scope, id)])
    return latestSamples(recorded, kept, { tenantId: scope.tenantId, customerId })
  }

  /** What their steps are to do is gone with the workflow. */
  private async cancelRuns(scope: TenantScope, workflowId: string): Promise<void> {
    const { store, engine } = this.deps
    for (let open = CANCEL_BATCH; open === CANCEL_BATCH; ) {
      const runIds = await store.openRuns(scope, workflowId, CANCEL_BATCH)
      await Promise.all(runIds.map((runId) => engine().cancel(scope, runId)))
      open = runIds.length
    }
  }

  private async deployment(scope: TenantScope): Promise<Deployment> {
    const { registry, catalogs, guardrails } = this.deps
    const [catalog, offer] = await Promise.all([catalogs.of(scope), guardrails.of(scope)])
    return { registry: inScope(registry, scope), catalog, offer }
  }

  /** What is to be used, rather than only written down, needs connections that may do what its steps do, and its files. */
  private async forUse(scope: TenantScope, customerId: string | undefined): Promise<Deployment> {
    const { connections, files } = this.deps
    return { ...(await this.deployment(scope)), scopes: { scope, connections }, files: { scope, files, customerId } }
  }

  /** What is switched on may do what its steps do, has its files, and is still offered. */
  private async requireUsable(scope: TenantScope, workflow: WorkflowDetailRow): Promise<void> {
    const { published_version_id: versionId, customer_id: customerId } = workflow
    const { registry, connections, files, guardrails } = this.deps
    const version = versionId === null ? undefined : await this.deps.store.findVersionById(scope, versionId)
    const parsed = workflowSchema.safeParse(version?.definition)
    if (!parsed.success) return
    const offer = await guardrails.of(scope)
    const issues = [
      ...(offer === null ? [] : guardrailIssues(parsed.data, offer)),
      ...(await scopeIssues(parsed.data, inScope(registry, scope), { scope, connections })),
      ...(await fileIssues(parsed.data, { scope, files, customerId })),
    ]
    if (issues.length > 0) throw invalidDefinition(issues)
  }

  private async require(scope: TenantScope, id: string): Promise<WorkflowDetailRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw workflowNotFound(id)
    return row
  }
}

const NOT_ARMED = { webhookUrl: null, nextFireAt: null, connector: null } as const
