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
import type { Database } from '../database/index.js'
import type { Guardrails, GuardrailsService } from '../guardrails/index.js'
import { openWorkflowStores, TRIGGER_ID, type WorkflowsService } from '../workflows/index.js'
import { readSettings, withDefaults, writeSettings } from './automation-document.js'
import { AutomationStore } from './automation-store.js'
import { isTemplateOffered } from './offered.js'
import type { Template } from './schema.js'
import { type TemplateContent, TemplateStore } from './store.js'

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

/** One sample is kept of a workflow that has none yet. */
const MAX_SAMPLES = 1

/** Keeps templates in the database. */
export function createTemplatesService(deps: {
  readonly database: Database
  readonly workflows: Pick<WorkflowsService, 'create' | 'saveDraft' | 'get'>
  readonly guardrails: Pick<GuardrailsService, 'of'>
}): TemplatesService {
  const { database, workflows, guardrails } = deps
  const store = new TemplateStore(database)
  const automations = new AutomationStore(database)
  const { samples } = openWorkflowStores(database)
  const get: TemplatesService['get'] = async (scope, id) => {
    const [template, rules] = await Promise.all([store.find(scope, id), guardrails.of(scope)])
    const { definition } = required(template, id)
    return required(isTemplateOffered(rules, definition) ? template : undefined, id)
  }
  return {
    list: async (scope, page) => {
      const templates = await readOffered(store, scope, { page, rules: await guardrails.of(scope) })
      return toPage(templates, page.limit, { cursorOf: ({ id }) => id, toItem: (template) => template })
    },
    get,
    create: async (
      scope,
      { definition, settings = null, useCase = null, sample = null, listingId = null, ...words },
    ) => {
      const id = newId('tpl', Date.now())
      const kept = { ...words, definition: withoutConnections(definition), settings, useCase, sample, listingId }
      return required(await store.insert(scope, { id, ...kept }), id)
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
    update: async (scope, id, change) =>
      required(await store.update(scope, id, (before) => changed(before, change)), id),
    delete: async (scope, id) => {
      if (!(await store.delete(scope, id))) throw templateNotFound(id)
    },
  }
}

function required(template: Template | undefined, id: string): Template {
  if (template === undefined) throw templateNotFound(id)
  return template
}

function changed(before: Template, { definition, ...change }: TemplateChange): TemplateContent {
  const { name = before.name, description = before.description } = change
  const { settings = before.settings, useCase = before.useCase, sample = before.sample } = change
  const kept = definition === undefined ? before.definition : withoutConnections(definition)
  return { name, description, settings, useCase, sample, definition: kept }
}

/** One more than the page holds, as far as there are so many; what is not offered is read over. */
async function readOffered(
  store: TemplateStore,
  scope: TenantScope,
  { page: { cursor, limit }, rules }: { readonly page: PageRequest; readonly rules: Guardrails | null },
): Promise<Template[]> {
  const found: Template[] = []
  for (let after = cursor ?? null; ; ) {
    const page = await store.page(scope, { after, limit: limit + 1 })
    found.push(...page.filter(({ definition }) => isTemplateOffered(rules, definition)))
    const last = page.at(-1)
    if (found.length > limit || page.length <= limit || last === undefined) return found
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

function templateNotFound(id: string): UserError {
  return new UserError('not_found', 'template.not_found', `There is no template ${id}.`)
}
