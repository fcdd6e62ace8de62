/** Connectors without their code: what builders, docs and comparisons of versions look at. */
import type { AuthMethod, Connector, ConnectorAction, ConnectorTrigger, JsonValue } from '@inlay/engine'
import { z } from 'zod'
import { connectionFormSchema } from './auth-form.js'
import type { ActionSummary, AuthSummary, ConnectorSummary, TriggerSummary } from './schema.js'

/** All that a connector shows of itself, as JSON. */
export function summarizeConnector(connector: Connector): ConnectorSummary {
  const { id, version, name, description, categories, connection } = connector
  return {
    id,
    version,
    name,
    description,
    icon: connector.icon ?? null,
    color: connector.color ?? null,
    categories: [...categories],
    docs: connector.docs ?? null,
    connection,
    auth: connector.auth.map(summarizeAuth),
    actions: Object.entries(connector.actions).map(([actionId, action]) => summarizeAction(actionId, action)),
    triggers: Object.entries(connector.triggers).map(([triggerId, trigger]) => summarizeTrigger(triggerId, trigger)),
  }
}

function summarizeAuth(method: AuthMethod): AuthSummary {
  const scopes = method.kind === 'oauth2' ? method.scopes : []
  return {
    id: method.id,
    kind: method.kind,
    name: method.name,
    help: method.help ?? null,
    schema: jsonSchema(connectionFormSchema(method)),
    scopes: scopes.map(({ scope, description, optional = false }) => ({ scope, description, optional })),
  }
}

function summarizeAction(id: string, action: ConnectorAction): ActionSummary {
  return { ...summarizeMember(id, action), sampleInput: action.sampleInput ?? null }
}

function summarizeTrigger(id: string, trigger: ConnectorTrigger): TriggerSummary {
  const intervalMs = trigger.kind === 'polling' ? (trigger.intervalMs ?? DEFAULT_INTERVAL_MS) : null
  return { ...summarizeMember(id, trigger), kind: trigger.kind, intervalMs }
}

/** What the contract says of polling triggers that say nothing. */
const DEFAULT_INTERVAL_MS = 300_000

function summarizeMember(id: string, member: ConnectorAction | ConnectorTrigger) {
  return {
    id,
    name: member.name,
    description: member.description,
    inputSchema: jsonSchema(member.input),
    outputSchema: jsonSchema(member.output),
    sampleOutput: member.sampleOutput ?? null,
    scopes: [...member.scopes],
    dynamicOptions: mapValues(member.options, ({ dependsOn, isSearchable }) => ({
      dependsOn: [...dependsOn],
      isSearchable,
    })),
    dynamicSchemas: mapValues(member.schemas, ({ dependsOn }) => ({ dependsOn: [...dependsOn] })),
    hasDynamicOutput: member.outputSchema !== undefined,
  }
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}

function jsonSchema(schema: z.ZodType): JsonValue {
  // A JSON Schema document is JSON.
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonValue
}
