import { z } from 'zod'
import type { AuthMethod, Connector, ConnectorAction, ConnectorTrigger, DynamicForm } from '../contracts/connector.js'
import { UserError } from '../contracts/errors.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'
import { misfits } from '../contracts/misfits.js'
import { paceOf } from '../policies/call-pace.js'
import { REMOTE_PROTOCOL, type RemoteDefinition, remoteDefinitionSchema } from './definition.js'

/**
 * A connector as JSON, for those who call it from afar.
 *
 * @throws UserError `remote.not_servable` when it holds something that cannot be served, such as app-webhook triggers
 */
export function describeConnector(connector: Connector): RemoteDefinition {
  const { id, version, name, description, icon, color, categories, docs, connection } = connector
  const definition = withoutUndefined({
    protocol: REMOTE_PROTOCOL,
    ...{ id, version, name, description, icon, color, categories, docs, connection },
    pace: paceOf(connector),
    auth: connector.auth.map(describeAuth),
    actions: mapValues(connector.actions, describeAction),
    triggers: mapValues(connector.triggers, (trigger, triggerId) => describeTrigger(trigger, triggerId)),
  })
  const parsed = remoteDefinitionSchema.safeParse(definition)
  if (parsed.success) return parsed.data
  const problems = misfits(parsed.error, 'connector').slice(0, 10)
  throw new UserError(
    'invalid',
    'remote.not_servable',
    `The connector "${id}" cannot be served: ${problems.join('; ')}.`,
  )
}

function describeAuth(method: AuthMethod): unknown {
  const { id, kind, name, help, fields, secretFields = [], test, account } = method
  return {
    ...{ id, kind, name, help, secretFields },
    fields: fields === undefined ? undefined : jsonSchemaOf(fields),
    canTest: test !== undefined,
    hasAccount: account !== undefined,
    oauth2: method.kind === 'oauth2' ? describeOAuth(method) : undefined,
  }
}

function describeOAuth(method: Extract<AuthMethod, { kind: 'oauth2' }>): unknown {
  const { grant, authorizationUrl, tokenUrl, revocationUrl, issuer, scopes, scopeSeparator, pkce } = method
  const { clientAuthentication, authorizationParams, tokenParams, expiresInSeconds } = method
  return {
    ...{ grant, authorizationUrl, tokenUrl, revocationUrl, issuer, scopes, scopeSeparator, pkce },
    ...{ clientAuthentication, authorizationParams, tokenParams, expiresInSeconds },
  }
}

function describeAction(action: ConnectorAction): unknown {
  const { name, description, scopes, sampleInput, sampleOutput, delivery, suspends } = action
  return { name, description, scopes, sampleInput, sampleOutput, delivery, suspends, ...describeForm(action) }
}

function describeTrigger(trigger: ConnectorTrigger, id: string): unknown {
  const { kind, name, description, scopes, sampleOutput } = trigger
  const described = { kind, name, description, scopes, sampleOutput, ...describeForm(trigger) }
  switch (trigger.kind) {
    case 'polling':
      return { ...described, intervalMs: trigger.intervalMs }
    case 'webhook':
      return {
        ...described,
        renewEveryMs: trigger.renewal?.everyMs,
        // What is not there is left out: a version's definition stays as those before told it.
        hasHandshake: trigger.handshake === undefined ? undefined : true,
        hasAnswer: trigger.answer === undefined ? undefined : true,
      }
    case 'event':
      return { ...described, event: trigger.event }
    case 'appWebhook':
      throw new UserError('invalid', 'remote.not_servable', `The trigger "${id}" cannot be served from afar.`, {
        detail: 'Events of your own product are triggers of kind "event": send them with POST /v1/events.',
      })
  }
}

function describeForm(member: DynamicForm & { readonly input: z.ZodType; readonly output: z.ZodType }): object {
  const { input, output, options, schemas, outputSchema } = member
  return {
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(output),
    options: mapValues(options, ({ dependsOn, isSearchable }) => ({ dependsOn, isSearchable })),
    schemas: mapValues(schemas, ({ dependsOn }) => ({ dependsOn })),
    outputSchema: outputSchema === undefined ? undefined : { dependsOn: outputSchema.dependsOn },
  }
}

function jsonSchemaOf(schema: z.ZodType): JsonObject {
  // A JSON Schema document is a JSON object.
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonObject
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

/** As JSON would carry it. */
function withoutUndefined(value: object): JsonValue {
  const copy = JSON.parse(JSON.stringify(value)) as JsonValue
  return isJsonObject(copy) ? copy : null
}
