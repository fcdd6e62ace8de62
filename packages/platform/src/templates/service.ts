import {
  allSteps,
  type JsonObject,
  type JsonValue,
  newId,
  type TenantScope,
  UserError,
  workflowSchema,
} from '@inlay/engine'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import type { Database, ScopedSql } from '../database/index.js'
import type { Guardrails, GuardrailsService } from '../guardrails/index.js'
import { openWorkflowStores, TRIGGER_ID, type WorkflowsService } from '../workflows/index.js'
import { readSettings, withDefaults, writeSettings } from './automation-document.js'
import { AutomationStore } from './automation-store.js'
import { isTemplateOffered } from './offered.js'
import type { Template } from './schema.js'

/** What a template is made of. */
export interface NewTemplate {
  readonly name: string
  readonly description: string
  readonly definition: JsonValue
  /** JSON Schema of an object: offers the template as an automation. @default null */
  readonly settings?: JsonObject | null | undefined
  /** What it is for, in a word or two. @default null */
  readonly useCase?: string | null | undefined
  /** Made-up data of the trigger, to try it out with. @default null */
  readonly sample?: JsonValue | undefined
  readonly listingId?: string | undefined
}

/** What can be changed of a template. */
export type TemplateChange = {
  readonly [Key in Exclude<keyof NewTemplate, 'listingId'>]?: NewTemplate[Key] | undefined
}

/** What becomes of a template for one customer. */
export interface TemplateUse {
  readonly customerId: string
  readonly name?: string | undefined
  /** What the customer sets of the template's settings. @default their defaults */
  readonly values?: JsonObject | undefined
  /** Connection ids by connector. @default none */
  readonly connections?: Readonly<Record<string, string | null>> | undefined
}

/** Workflows to begin from. Those that guardrails keep from a customer are not there for it. */
export interface TemplatesService {
  list(scope: TenantScope, page: PageRequest): Promise<Page<Template>>
  /** @throws UserError `template.not_found` */
  get(scope: TenantScope, id: string): Promise<Template>
  /** Connections are left out: those of one customer are nobody else's. @throws UserError `template.invalid` */
  create(scope: TenantScope, template: NewTemplate): Promise<Template>
  /**
   * Makes a draft for a customer, with the template's sample as the trigger's data.
   *
   * @throws UserError `template.not_found`, `customer.not_found`
   */
  use(scope: TenantScope, id: string, use: TemplateUse): ReturnType<WorkflowsService['create']>
  /** What is left out stays; workflows that were made of it do not change. @throws UserError `template.not_found`, `template.invalid` */
  update(scope: TenantScope, id: string, change: TemplateChange): Promise<Template>
  /** Workflows that were made of it stay. @throws UserError `template.not_found` */
  delete(scope: TenantScope, id: string): Promise<void>
}

interface TemplateRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly definition: JsonValue
  readonly settings: JsonObject | null
  readonly use_case: string | null
  readonly sample: JsonValue | null
  readonly listing_id: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** One sample is kept of a workflow that has none yet. */
const MAX_SAMPLES = 1

/** Keeps templates in the database. */
export function createTemplatesService(deps: {
  readonly database: Database
  readonly workflows: Pick<WorkflowsService, 'create' | 'saveDraft' | 'get'>
  readonly guardrails: Pick<GuardrailsService, 'of'>
}): TemplatesService {
  const { database, workflows, guardrails } = deps
  const automations = new AutomationStore(database)
  const { samples } = openWorkflowStores(database)
  const get: TemplatesService['get'] = async (scope, id) => {
    const [template, rules] = await Promise.all([
      database.withTenant(scope, (sql) => find(sql, scope, id)),
      guardrails.of(scope),
    ])
    if (!isTemplateOffered(rules, template.definition)) throw templateNotFound(id)
    return template
  }
  return {
    list: async (scope, page) => {
      const rows = await readOffered(database, scope, { page, rules: await guardrails.of(scope) })
      return toPage(rows, page.limit, { cursorOf: ({ id }) => id, toItem: toTemplate })
    },
    get,
    create: (scope, { name, description, definition, ...more }) => {
      const { settings = null, useCase = null, sample = null, listingId = null } = more
      const id = newId('tpl', Date.now())
      const kept = withoutConnections(definition)
      return database.withTenant(scope, async (sql) => {
        await sql`
          INSERT INTO inlay.templates
            (tenant_id, id, name, description, definition, settings, use_case, sample, listing_id)
          VALUES (${scope.tenantId}, ${id}, ${name}, ${description}, ${sql.json(kept as never)},
            ${jsonOrNull(sql, settings)}, ${useCase}, ${jsonOrNull(sql, sample)}, ${listingId})`
        return find(sql, scope, id)
      })
    },
    use: async (scope, id, { customerId, name, ...set }) => {
      const template = await get(scope, id)
      // Only drafts may lack accounts, and templates have none.
      const made = await workflows.create(scope, {
        customerId,
        name: name ?? template.name,
        isOfTemplate: true,
      })
      await workflows.saveDraft(scope, made.id, {
        definition: filledIn(template, set),
        baseRevision: made.draft.revision,
      })
      const sample = { workflowId: made.id, stepId: TRIGGER_ID, isPinned: false, value: template.sample }
      if (template.sample !== null) await samples.keep(scope, sample, MAX_SAMPLES)
      await automations.bind(scope, { workflowId: made.id, templateId: id, isAutomation: false })
      return workflows.get(scope, made.id)
    },
    update: (scope, id, change) =>
      database.withTenant(scope, async (sql) => {
        const before = await find(sql, scope, id)
        const { name = before.name, description = before.description } = change
        const { settings = before.settings, useCase = before.useCase, sample = before.sample } = change
        const definition = change.definition === undefined ? before.definition : withoutConnections(change.definition)
        await sql`
          UPDATE inlay.templates SET name = ${name}, description = ${description}, use_case = ${useCase},
            definition = ${sql.json(definition as never)}, settings = ${jsonOrNull(sql, settings)},
            sample = ${jsonOrNull(sql, sample)}, updated_at = now()
          WHERE tenant_id = ${scope.tenantId} AND id = ${id}`
        return find(sql, scope, id)
      }),
    delete: async (scope, id) => {
      const { count } = await database.withTenant(
        scope,
        (sql) => sql`DELETE FROM inlay.templates WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
      )
      if (count === 0) throw templateNotFound(id)
    },
  }
}

/** SQL's null for null: that of JSON would be a value. */
function jsonOrNull(sql: ScopedSql, value: JsonValue | null) {
  return value === null ? null : sql.json(value as never)
}

/** One row more than the page holds, as far as there are so many; what is not offered is read over. */
async function readOffered(
  database: Database,
  scope: TenantScope,
  { page: { cursor, limit }, rules }: { readonly page: PageRequest; readonly rules: Guardrails | null },
): Promise<TemplateRow[]> {
  const found: TemplateRow[] = []
  for (let after = cursor ?? null; ; ) {
    const rows = await database.withTenant(
      scope,
      (sql) => sql<TemplateRow[]>`
        SELECT id, name, description, definition, settings, use_case, sample, listing_id, created_at, updated_at
        FROM inlay.templates WHERE tenant_id = ${scope.tenantId} AND (${after}::text IS NULL OR id < ${after})
        ORDER BY id DESC LIMIT ${limit + 1}`,
    )
    found.push(...rows.filter(({ definition }) => isTemplateOffered(rules, definition)))
    const last = rows.at(-1)
    if (found.length > limit || rows.length <= limit || last === undefined) return found
    after = last.id
  }
}

/** The definition of a template with what a customer sets, and the settings' defaults for the rest. */
function filledIn(
  { definition, settings }: Template,
  { values = {}, connections = {} }: Pick<TemplateUse, 'values' | 'connections'>,
): JsonValue {
  const before = readSettings(definition)
  // What is kept as settings is a JSON Schema, which is an object.
  const set = withDefaults((settings ?? {}) as JsonObject, { ...before.values, ...values })
  const isPlain = Object.keys(set).length === 0 && Object.keys(connections).length === 0
  return isPlain ? definition : writeSettings(definition, { values: set, connections })
}

/** A definition as anybody may have it. @throws UserError `template.invalid` */
export function withoutConnections(document: JsonValue): JsonValue {
  const parsed = workflowSchema.safeParse(document)
  if (!parsed.success) {
    throw new UserError('unprocessable', 'template.invalid', 'The definition of the template is not valid.', {
      detail: parsed.error.issues
        .slice(0, 5)
        .map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`)
        .join('; '),
    })
  }
  // The schema's output is the definition, and a copy of the caller's own.
  const definition = structuredClone(parsed.data)
  const forget = (use: object): void => void Reflect.deleteProperty(use, 'connection')
  if (definition.trigger.type === 'connector') forget(definition.trigger)
  for (const { step } of allSteps(definition.steps)) if (step.type === 'action') forget(step)
  return definition as unknown as JsonValue
}

async function find(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<Template> {
  const [row] = await sql<TemplateRow[]>`
    SELECT id, name, description, definition, settings, use_case, sample, listing_id, created_at, updated_at
    FROM inlay.templates WHERE tenant_id = ${tenantId} AND id = ${id}`
  if (row === undefined) throw templateNotFound(id)
  return toTemplate(row)
}

function toTemplate(row: TemplateRow): Template {
  const { id, name, description, definition, settings, use_case: useCase, sample, listing_id: listingId } = row
  const [createdAt, updatedAt] = [row.created_at.toISOString(), row.updated_at.toISOString()]
  const connectors = Object.keys(readSettings(definition).connections)
  return { id, name, description, useCase, connectors, definition, settings, sample, listingId, createdAt, updatedAt }
}

function templateNotFound(id: string): UserError {
  return new UserError('not_found', 'template.not_found', `There is no template ${id}.`)
}
