import { z } from 'zod'
import type {
  AuthMethod,
  Connector,
  ConnectorAction,
  ConnectorTrigger,
  ConnectorTriggerCommon,
  ConnectorWebhookTrigger,
  DynamicForm,
  FormContext,
  IncomingRequest,
  PollingTrigger,
  RegisteredContext,
  WebhookDelivery,
} from '../contracts/connector.js'
import type { JsonValue } from '../contracts/json.js'
import { fromJsonSchema, objectFromJsonSchema } from '../json-schema/from-json-schema.js'
import { callOptions } from './call-options.js'
import type { RemotePayload } from './calls.js'
import type { RemoteDefinition } from './definition.js'
import { runRemoteAction } from './remote-action.js'
import type { RemoteTransport } from './transport.js'
import { wireAuth } from './wire-auth.js'

type RemoteAction = RemoteDefinition['actions'][string]
type RemoteTrigger = RemoteDefinition['triggers'][string]
type RemoteAuth = RemoteDefinition['auth'][number]

/** A served connector, and the way to it. */
interface Remote {
  readonly definition: RemoteDefinition
  readonly transport: RemoteTransport
}

/**
 * A connector whose code runs elsewhere: its forms and checks come from its definition, and everything else is asked of
 * whoever serves it, by the version of the definition.
 */
export function createRemoteConnector(definition: RemoteDefinition, transport: RemoteTransport): Connector {
  const remote = { definition, transport }
  const { id, version, name, description, icon, color, categories, docs, connection } = definition
  return {
    ...{ id, version, name, description, categories, connection },
    ...(icon === undefined ? {} : { icon }),
    ...(color === undefined ? {} : { color }),
    ...(docs === undefined ? {} : { docs }),
    ...(definition.pace === undefined ? {} : { pace: definition.pace }),
    auth: definition.auth.map((method) => toAuthMethod(remote, method)),
    actions: mapValues(definition.actions, (action, actionId) => toAction(remote, actionId, action)),
    triggers: mapValues(definition.triggers, (trigger, triggerId) => toTrigger(remote, triggerId, trigger)),
  }
}

function toAction(remote: Remote, action: string, given: RemoteAction): ConnectorAction {
  const { name, description, scopes, sampleInput, sampleOutput, delivery, suspends } = given
  return {
    ...{ name, description, scopes },
    ...(sampleInput === undefined ? {} : { sampleInput }),
    ...(sampleOutput === undefined ? {} : { sampleOutput }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(suspends === undefined ? {} : { suspends }),
    input: fromJsonSchema(given.input),
    output: fromJsonSchema(given.output),
    ...toForm(remote, { action }, given),
    run: (context) => runRemoteAction({ ...remote, action, suspends: suspends ?? false }, context),
  }
}

function toForm(
  { transport, definition: { version } }: Remote,
  place: { readonly action: string } | { readonly trigger: string },
  { options, schemas, outputSchema }: RemoteAction | RemoteTrigger,
): DynamicForm {
  const asked = ({ input, auth }: FormContext) => ({ ...place, input, auth: wireAuth(auth) })
  return {
    options: mapValues(options, (described, field) => ({
      ...described,
      load: (context) => {
        const { search, cursor } = context
        const payload = { ...asked(context), field, search, ...(cursor === undefined ? {} : { cursor }) }
        return transport.call('form.options', payload, callOptions(context, version))
      },
    })),
    schemas: mapValues(schemas, (described, field) => ({
      ...described,
      load: (context) => transport.call('form.schema', { ...asked(context), field }, callOptions(context, version)),
    })),
    ...(outputSchema === undefined
      ? {}
      : {
          outputSchema: {
            ...outputSchema,
            load: (context) => transport.call('form.outputSchema', asked(context), callOptions(context, version)),
          },
        }),
  }
}

function toTrigger(remote: Remote, id: string, given: RemoteTrigger): ConnectorTrigger {
  const { name, description, scopes, sampleOutput = null } = given
  const described = {
    ...{ name, description, scopes, sampleOutput },
    input: fromJsonSchema(given.input),
    output: fromJsonSchema(given.output),
    ...toForm(remote, { trigger: id }, given),
  }
  switch (given.kind) {
    case 'polling':
      return { ...described, kind: 'polling', ...pollingOf(remote, id, given.intervalMs) }
    case 'webhook':
      return { ...described, kind: 'webhook', ...webhookOf(remote, id, given) }
    case 'event':
      return { ...described, kind: 'event', event: given.event }
  }
}

function pollingOf(
  { transport, definition: { version } }: Remote,
  trigger: string,
  intervalMs: number | undefined,
): Pick<PollingTrigger, 'poll' | 'intervalMs'> {
  return {
    ...(intervalMs === undefined ? {} : { intervalMs }),
    poll: (context) => {
      const { cursor, isFirst, now, auth } = context
      const payload = { trigger, input: asJson(context.input), auth: wireAuth(auth), cursor, isFirst, now }
      return transport.call('trigger.poll', payload, callOptions(context, version))
    },
  }
}

type WebhookParts = Omit<ConnectorWebhookTrigger, 'kind' | keyof ConnectorTriggerCommon>

function webhookOf(
  remote: Remote,
  trigger: string,
  { renewEveryMs, hasHandshake = false, hasAnswer = false }: Extract<RemoteTrigger, { kind: 'webhook' }>,
): WebhookParts {
  const { transport } = remote
  const { version } = remote.definition
  return {
    ...deliveriesOf(remote, trigger, { hasHandshake, hasAnswer }),
    register: (context) => {
      const { webhookUrl, secret, auth } = context
      const payload = { trigger, input: asJson(context.input), auth: wireAuth(auth), webhookUrl, secret }
      return transport.call('trigger.register', payload, callOptions(context, version))
    },
    unregister: async (context) => {
      await transport.call('trigger.unregister', registered(trigger, context), callOptions(context, version))
    },
    ...(renewEveryMs === undefined
      ? {}
      : {
          renewal: {
            everyMs: renewEveryMs,
            run: (context) =>
              transport.call('trigger.renew', registered(trigger, context), callOptions(context, version)),
          },
        }),
  }
}

function registered(trigger: string, context: RegisteredContext): RemotePayload<'trigger.renew'> {
  const { webhookUrl, secret, registration, auth } = context
  return { trigger, input: asJson(context.input), auth: wireAuth(auth), webhookUrl, secret, registration }
}

/** What reads deliveries. The account goes along, as whoever serves the connector may need it and cannot ask for it. */
function deliveriesOf(
  { transport, definition: { version } }: Remote,
  trigger: string,
  { hasHandshake, hasAnswer }: { readonly hasHandshake: boolean; readonly hasAnswer: boolean },
): Pick<ConnectorWebhookTrigger, 'verify' | 'parse' | 'handshake' | 'answer'> {
  const delivered = async (delivery: WebhookDelivery): Promise<RemotePayload<'trigger.verify'>> => {
    const { input, secret, registration, now, request } = delivery
    const auth = wireAuth(await delivery.credentials())
    return { trigger, input: asJson(input), auth, secret, registration, now, request: wireRequest(request) }
  }
  return {
    verify: async (delivery) =>
      transport.call('trigger.verify', await delivered(delivery), callOptions(delivery, version)),
    parse: async (delivery) =>
      transport.call('trigger.parse', await delivered(delivery), callOptions(delivery, version)),
    ...(hasHandshake
      ? {
          handshake: async (delivery) => {
            const asked = callOptions(delivery, version)
            return (await transport.call('trigger.handshake', await delivered(delivery), asked)) ?? undefined
          },
        }
      : {}),
    ...(hasAnswer
      ? {
          answer: async (delivery) => {
            const payload = { ...(await delivered(delivery)), items: [...delivery.items] }
            return transport.call('trigger.answer', payload, callOptions(delivery, version))
          },
        }
      : {}),
  }
}

function toAuthMethod({ transport, definition: { version } }: Remote, given: RemoteAuth): AuthMethod {
  const { id, kind, name, help, secretFields, fields, canTest, hasAccount, oauth2 } = given
  const described = {
    ...{ id, name, secretFields },
    ...(help === undefined ? {} : { help }),
    ...(fields === undefined ? {} : { fields: objectFromJsonSchema(fields) }),
    ...(canTest
      ? {
          test: async (context: FormContext | Parameters<NonNullable<AuthMethod['test']>>[0]) => {
            await transport.call('connection.test', { auth: wireAuth(context.auth) }, callOptions(context, version))
          },
        }
      : {}),
    ...(hasAccount
      ? {
          account: (context: Parameters<NonNullable<AuthMethod['account']>>[0]) =>
            transport.call('connection.account', { auth: wireAuth(context.auth) }, callOptions(context, version)),
        }
      : {}),
  }
  if (kind === 'oauth2') return { ...described, kind, ...(oauth2 ?? { tokenUrl: '', scopes: [] }) } as AuthMethod
  if (kind === 'custom') return { fields: z.object({}), ...described, kind }
  return { ...described, kind }
}

function wireRequest({ rawBody, ...request }: IncomingRequest): RemotePayload<'trigger.verify'>['request'] {
  return { ...request, rawBody: Buffer.from(rawBody).toString('base64') }
}

/** Inputs have been through a JSON Schema: they are JSON. */
function asJson(input: unknown): JsonValue {
  return input as JsonValue
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}
