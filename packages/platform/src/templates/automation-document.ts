/** Settings and accounts in a definition. */

import type { WorkflowDefinition } from '@inlay/engine'
import {
  allSteps,
  fromJsonSchema,
  type JsonObject,
  type JsonValue,
  misfits,
  UserError,
  workflowSchema,
} from '@inlay/engine'

/** A place of a definition that works with an account. */
interface AccountUse {
  readonly connector: string
  connection?: string
}

/** What is set in a definition. */
export interface AutomationSettings {
  readonly values: JsonObject
  /** Connection ids by connector. */
  readonly connections: Readonly<Record<string, string | null>>
}

/** Reads what is set. A draft that is no definition any more has nothing set. */
export function readSettings(document: JsonValue): AutomationSettings {
  const parsed = workflowSchema.safeParse(document)
  if (!parsed.success) return { values: {}, connections: {} }
  const connections: Record<string, string | null> = {}
  for (const { connector, connection } of usesOf(parsed.data)) connections[connector] ??= connection ?? null
  return { values: parsed.data.vars ?? {}, connections }
}

/** A definition with other settings. @throws UserError `automation.draft_invalid` */
export function writeSettings(document: JsonValue, { values, connections }: AutomationSettings): JsonValue {
  const parsed = workflowSchema.safeParse(document)
  if (!parsed.success) {
    throw new UserError('conflict', 'automation.draft_invalid', 'The automation was edited and is broken.', {
      detail: 'Open it in the builder and mend it, or delete it and switch it on anew.',
    })
  }
  const definition = structuredClone(parsed.data)
  for (const use of usesOf(definition)) {
    const chosen = connections[use.connector]
    if (chosen === undefined) continue
    if (chosen === null) delete use.connection
    else use.connection = chosen
  }
  // What was parsed from JSON is JSON, with one member more.
  return { ...definition, vars: values } as unknown as JsonValue
}

/** Values with the schema's defaults where nothing is set. */
export function withDefaults(settings: JsonObject, values: JsonObject): JsonObject {
  const defaults = Object.entries(asObject(settings['properties'])).flatMap(([name, property]) => {
    const value = asObject(property)['default']
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(defaults), ...values }
}

/** @throws UserError `automation.settings_invalid` with the first mistakes */
export function requireSettings(settings: JsonObject, values: JsonObject): void {
  const checked = fromJsonSchema(settings).safeParse(values)
  if (checked.success) return
  throw new UserError('invalid', 'automation.settings_invalid', 'Some settings are missing or do not fit.', {
    detail: misfits(checked.error, 'settings').slice(0, 5).join('; '),
  })
}

function usesOf({ trigger, steps }: WorkflowDefinition): AccountUse[] {
  const actions = [...allSteps(steps)].flatMap(({ step }) => (step.type === 'action' ? [step] : []))
  return [...(trigger.type === 'connector' ? [trigger] : []), ...actions]
}

function asObject(value: JsonValue | undefined): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  // The check leaves nothing but objects.
  return isObject ? (value as JsonObject) : {}
}
