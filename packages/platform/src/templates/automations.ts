import { type JsonObject, type TenantScope, UserError } from '@inlay/engine'
import type { ConnectorDirectory } from '../catalog/index.js'
import type { Database } from '../database/index.js'
import type { GuardrailsService } from '../guardrails/index.js'
import type { WorkflowsService } from '../workflows/index.js'
import { readSettings, requireSettings, withDefaults, writeSettings } from './automation-document.js'
import type { Automation } from './automation-schema.js'
import { type AutomationRow, AutomationStore } from './automation-store.js'
import { isTemplateOffered } from './offered.js'

/** What a customer changes of an automation. */
export interface AutomationChange {
  readonly customerId: string
  /** All values; those that are not named are taken away. @default as they are */
  readonly values?: JsonObject | undefined
  /** Connection ids by connector; others stay. */
  readonly connections?: Readonly<Record<string, string | null>> | undefined
  /** @default as it is */
  readonly enabled?: boolean | undefined
  readonly publishedBy: string
}

/** Templates with settings as customers use them: a switch, a form, and no canvas. */
export interface AutomationsService {
  list(scope: TenantScope, customerId: string): Promise<Automation[]>
  /**
   * Keeps settings and accounts, and switches on or off. What is on is published with its new settings at once; switching
   * off keeps them.
   *
   * @throws UserError `automation.not_found`, `automation.account_missing`, `automation.settings_invalid`,
   * `automation.draft_invalid`, `definition.invalid`, `customer.not_found`
   */
  configure(scope: TenantScope, id: string, change: AutomationChange): Promise<Automation>
}

interface AutomationDeps {
  readonly database: Database
  readonly workflows: Pick<WorkflowsService, 'create' | 'saveDraft' | 'publish' | 'update' | 'delete'>
  readonly directory: Pick<ConnectorDirectory, 'find'>
  readonly guardrails: Pick<GuardrailsService, 'of'>
}

/** Automations on top of templates and workflows. */
export function createAutomationsService(deps: AutomationDeps): AutomationsService {
  return new TemplateAutomations(deps, new AutomationStore(deps.database))
}

class TemplateAutomations implements AutomationsService {
  constructor(
    private readonly deps: AutomationDeps,
    private readonly store: AutomationStore,
  ) {}

  async list(scope: TenantScope, customerId: string): Promise<Automation[]> {
    const [rows, rules] = await Promise.all([this.store.list(scope, customerId), this.deps.guardrails.of(scope)])
    // What the customer has made of one already stays, to be switched off.
    const offered = rows.filter((row) => row.workflow_id !== null || isTemplateOffered(rules, row.definition))
    return Promise.all(offered.map((row) => this.view(scope, row)))
  }

  async configure(scope: TenantScope, id: string, change: AutomationChange): Promise<Automation> {
    const row = await this.require(scope, change.customerId, id)
    const isOn = change.enabled ?? row.enabled === true
    const before = row.draft ?? row.definition
    const settings = readSettings(before)
    const values = withDefaults(row.settings, change.values ?? settings.values)
    const connections = { ...settings.connections, ...change.connections }
    const document = writeSettings(before, { values, connections })
    if (isOn) {
      requireSettings(row.settings, values)
      this.requireAccounts(await this.accounts(scope, row, connections))
    }
    const workflowId = await this.keep(scope, row, { document, customerId: change.customerId })
    if (isOn) {
      await this.deps.workflows.publish(scope, workflowId, { publishedBy: change.publishedBy })
      await this.deps.workflows.update(scope, workflowId, { enabled: true })
    } else if (row.enabled === true) {
      await this.deps.workflows.update(scope, workflowId, { enabled: false })
    }
    return this.view(scope, await this.require(scope, change.customerId, id))
  }

  /** Writes the draft. @returns the workflow's id */
  private async keep(
    scope: TenantScope,
    row: AutomationRow,
    {
      document,
      customerId,
    }: { document: Parameters<WorkflowsService['saveDraft']>[2]['definition']; customerId: string },
  ): Promise<string> {
    const { workflows } = this.deps
    if (row.workflow_id !== null && row.draft_revision !== null) {
      const draft = { definition: document, baseRevision: row.draft_revision }
      await workflows.saveDraft(scope, row.workflow_id, draft)
      return row.workflow_id
    }
    const { id, draft } = await workflows.create(scope, { customerId, name: row.name, isOfTemplate: true })
    if (await this.store.bind(scope, { workflowId: id, templateId: row.id, isAutomation: true })) {
      // Drafts may lack accounts; what a workflow is created with may not.
      await workflows.saveDraft(scope, id, { definition: document, baseRevision: draft.revision })
      return id
    }
    // Somebody else of the customer switched it on at the same moment.
    await workflows.delete(scope, id)
    throw new UserError('conflict', 'automation.changed', 'Somebody else has just changed this automation.', {
      detail: 'Look at it again.',
    })
  }

  private async require(scope: TenantScope, customerId: string, id: string): Promise<AutomationRow> {
    const [row] = await this.store.list(scope, customerId, id)
    if (row !== undefined) return row
    throw new UserError('not_found', 'automation.not_found', `There is no automation ${id}.`, {
      detail: 'Automations are templates with settings.',
    })
  }

  private requireAccounts(accounts: Automation['accounts']): void {
    const missing = accounts.filter(({ isRequired, connectionId }) => isRequired && connectionId === null)
    if (missing.length === 0) return
    const names = missing.map(({ connector }) => connector).join(', ')
    throw new UserError('unprocessable', 'automation.account_missing', `An account is missing: ${names}.`, {
      detail: 'Connect the account, then switch the automation on.',
    })
  }

  private accounts(
    scope: TenantScope,
    row: AutomationRow,
    connections: Readonly<Record<string, string | null>>,
  ): Promise<Automation['accounts']> {
    const needed = Object.keys(readSettings(row.draft ?? row.definition).connections)
    return Promise.all(
      needed.map(async (connector) => {
        const found = await this.deps.directory.find(scope, connector)
        return {
          connector,
          isRequired: found?.connection === 'required',
          connectionId: connections[connector] ?? null,
        }
      }),
    ).then((all) => all.filter(({ connectionId, isRequired }) => isRequired || connectionId !== null))
  }

  private async view(scope: TenantScope, row: AutomationRow): Promise<Automation> {
    const { values, connections } = readSettings(row.draft ?? row.definition)
    const { last_run_id: runId, last_run_status: status, last_run_at: at } = row
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      settings: row.settings,
      values: withDefaults(row.settings, values),
      accounts: await this.accounts(scope, row, connections),
      enabled: row.enabled === true,
      workflowId: row.workflow_id,
      lastRun:
        runId === null || status === null || at === null ? null : { id: runId, status, createdAt: at.toISOString() },
    }
  }
}
