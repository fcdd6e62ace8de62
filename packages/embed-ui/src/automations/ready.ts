import type { JsonObject } from '@inlay/engine'
import type { Automation } from '../data/api-types.js'
import { asSchema, schemaFields } from '../forms/schema.js'

/** Whether an automation can be switched on as it is: its accounts are connected and nothing that it needs is unset. */
export function isReady({ accounts, settings, values }: Pick<Automation, 'accounts' | 'settings' | 'values'>): boolean {
  return hasAccounts(accounts) && hasValues(settings, values)
}

/** Whether every account that is needed is chosen. */
export function hasAccounts(accounts: Automation['accounts']): boolean {
  return accounts.every(({ isRequired, connectionId }) => !isRequired || connectionId !== null)
}

/** Whether every value that is needed is set. */
export function hasValues(settings: unknown, values: JsonObject): boolean {
  return schemaFields(asSchema(settings)).every(
    ({ name, isRequired }) => !isRequired || (values[name] !== undefined && values[name] !== ''),
  )
}

/** Whether there is anything to set. */
export function hasSettings({ accounts, settings }: Pick<Automation, 'accounts' | 'settings'>): boolean {
  return accounts.length > 0 || schemaFields(asSchema(settings)).length > 0
}
