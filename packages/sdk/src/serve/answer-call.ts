import {
  type ActionContext,
  type ActionSuspension,
  type AuthValues,
  type Connector,
  type ConnectorCaller,
  type ConnectorStores,
  type ConnectorTrigger,
  type ConnectorWebhookTrigger,
  type CustomerId,
  createServiceClient,
  type HttpClient,
  isSuspension,
  type JsonValue,
  type KeyValueStore,
  misfits,
  type NetDoor,
  StepError,
  type TriggerContext,
  type WebhookDelivery,
} from '@inlay/engine'
import {
  describeConnector,
  type RemoteCall,
  type RemoteCallName,
  type RemotePayload,
  readPayload,
} from '@inlay/engine/remote'
import { createCarriedFiles } from './carried-files.js'

/** What calls are answered with. */
export interface AnswerContext {
  readonly newest: Connector
  /** By version. */
  readonly served: ReadonlyMap<string, Connector>
  readonly http: HttpClient
  readonly storeOf?: (customerId: string) => ConnectorStores
}

/** A call with everything that answering it takes. */
interface Answering {
  readonly connector: Connector
  readonly payload: unknown
  contextFor(auth: unknown): TriggerContext<undefined>
}

/** @throws whatever the connector throws */
export async function answerCall(
  { call, payload, version, customer }: RemoteCall,
  context: AnswerContext & { readonly signal: AbortSignal },
): Promise<unknown> {
  const connector = connectorOf(context, version)
  return ANSWERS[call]({
    connector,
    payload,
    contextFor: (given) => {
      // Credentials come from the control plane, which has opened them for this very call.
      const auth = given as AuthValues
      const caller = customer === null ? undefined : callerOf(customer)
      return {
        input: undefined,
        auth,
        http: createServiceClient({ connector, auth, http: context.http }),
        net: NO_SOCKETS,
        signal: context.signal,
        log: { info: () => {}, warn: () => {} },
        store: context.storeOf?.(customer?.id ?? '') ?? { customer: NO_STORE, workflow: NO_STORE },
        files: createCarriedFiles({}),
        ...(caller === undefined ? {} : { caller }),
      }
    },
  })
}

const ANSWERS: Readonly<Record<RemoteCallName, (answering: Answering) => Promise<unknown>>> = {
  describe: async ({ connector }) => describeConnector(connector),
  'action.run': runAction,
  'form.options': async ({ connector, payload, contextFor }) => {
    const { field, input, search, cursor, auth, ...place } = readPayload('form.options', payload)
    const loader = ownOf(memberOf(connector, place).options, field, 'field')
    return loader.load({ ...contextFor(auth), input, search, ...(cursor === undefined ? {} : { cursor }) })
  },
  'form.schema': async ({ connector, payload, contextFor }) => {
    const { field, input, auth, ...place } = readPayload('form.schema', payload)
    return ownOf(memberOf(connector, place).schemas, field, 'field').load({ ...contextFor(auth), input })
  },
  'form.outputSchema': async ({ connector, payload, contextFor }) => {
    const { input, auth, ...place } = readPayload('form.outputSchema', payload)
    const { output, outputSchema } = memberOf(connector, place)
    return outputSchema === undefined ? output.toJSONSchema() : outputSchema.load({ ...contextFor(auth), input })
  },
  'connection.test': async ({ connector, payload, contextFor }) => {
    const { auth } = readPayload('connection.test', payload)
    await methodOf(connector, auth)?.test?.(contextFor(auth))
  },
  'connection.account': async ({ connector, payload, contextFor }) => {
    const { auth } = readPayload('connection.account', payload)
    return methodOf(connector, auth)?.account?.(contextFor(auth))
  },
  'trigger.poll': async ({ connector, payload, contextFor }) => {
    const { trigger: id, auth, cursor, isFirst, now, ...given } = readPayload('trigger.poll', payload)
    const trigger = triggerOf(connector, id, 'polling')
    const input = parseInput(trigger, given.input)
    return trigger.poll({ ...contextFor(auth), input, cursor, isFirst, now })
  },
  'trigger.register': async ({ connector, payload, contextFor }) => {
    const { trigger: id, auth, webhookUrl, secret, ...given } = readPayload('trigger.register', payload)
    const trigger = triggerOf(connector, id, 'webhook')
    return trigger.register({ ...contextFor(auth), input: parseInput(trigger, given.input), webhookUrl, secret })
  },
  'trigger.unregister': async ({ connector, payload, contextFor }) => {
    const { trigger: id, auth, input: given, ...registered } = readPayload('trigger.unregister', payload)
    const trigger = triggerOf(connector, id, 'webhook')
    await trigger.unregister({ ...contextFor(auth), input: parseInput(trigger, given), ...registered })
  },
  'trigger.renew': async ({ connector, payload, contextFor }) => {
    const { trigger: id, auth, input: given, ...registered } = readPayload('trigger.renew', payload)
    const trigger = triggerOf(connector, id, 'webhook')
    const input = parseInput(trigger, given)
    return trigger.renewal?.run({ ...contextFor(auth), input, ...registered }) ?? registered.registration
  },
  'trigger.handshake': async ({ connector, payload, contextFor }) => {
    const { trigger, delivery } = toDelivery(connector, readPayload('trigger.handshake', payload), contextFor)
    return trigger.handshake?.(delivery)
  },
  'trigger.verify': async ({ connector, payload, contextFor }) => {
    const { trigger, delivery } = toDelivery(connector, readPayload('trigger.verify', payload), contextFor)
    return trigger.verify(delivery)
  },
  'trigger.parse': async ({ connector, payload, contextFor }) => {
    const { trigger, delivery } = toDelivery(connector, readPayload('trigger.parse', payload), contextFor)
    return trigger.parse(delivery)
  },
  'trigger.answer': async ({ connector, payload, contextFor }) => {
    const { items, ...given } = readPayload('trigger.answer', payload)
    const { trigger, delivery } = toDelivery(connector, given, contextFor)
    return trigger.answer?.({ ...delivery, items }) ?? {}
  },
}

async function runAction({ connector, payload, contextFor }: Answering): Promise<unknown> {
  const given = readPayload('action.run', payload)
  const action = ownOf(connector.actions, given.action, 'action')
  const files = createCarriedFiles(given.files)
  const { resumed, idempotencyKey, callbackUrl } = given
  const context: ActionContext = {
    ...contextFor(given.auth),
    input: parseInput(action, given.input),
    files,
    idempotencyKey,
    callbackUrl: () => callbackUrl ?? refuse('Callbacks are not available here'),
    ...(resumed === undefined ? {} : { resumed }),
  }
  const result: JsonValue | ActionSuspension = await action.run(context)
  if (!isSuspension(result)) return { output: result, files: files.written() }
  const { resumeAt, awaitsCallback, state } = result
  return { suspended: { awaitsCallback, state, ...(resumeAt === undefined ? {} : { resumeAt }) } }
}

function connectorOf({ newest, served }: AnswerContext, version: string | undefined): Connector {
  const connector = version === undefined ? newest : served.get(version)
  if (connector !== undefined) return connector
  throw new StepError('validation', `Version ${version} of ${newest.name} is not served any more`, {
    detail: `Served: ${[...served.keys()].join(', ')}. Move the workflow to one of them and publish again.`,
  })
}

function callerOf({ id, externalId }: NonNullable<RemoteCall['customer']>): ConnectorCaller {
  // The control plane says whose call it is, and signs it.
  const customerId = id as CustomerId
  return externalId === null ? { customerId } : { customerId, externalId }
}

function memberOf(
  connector: Connector,
  place: { readonly action?: string | undefined; readonly trigger?: string | undefined },
) {
  if (place.trigger !== undefined) return ownOf(connector.triggers, place.trigger, 'trigger')
  return ownOf(connector.actions, place.action ?? '', 'action')
}

function methodOf({ auth }: Connector, { kind, method }: { readonly kind: string; readonly method?: unknown }) {
  return auth.find((candidate) => (typeof method === 'string' ? candidate.id === method : candidate.kind === kind))
}

function triggerOf<Kind extends ConnectorTrigger['kind']>(
  connector: Connector,
  id: string,
  kind: Kind,
): Extract<ConnectorTrigger, { kind: Kind }> {
  const trigger = ownOf(connector.triggers, id, 'trigger')
  // The comparison of kinds is what narrows the union, which a type parameter cannot express.
  if (trigger.kind === kind) return trigger as Extract<ConnectorTrigger, { kind: Kind }>
  throw new StepError('validation', `The trigger "${id}" is of another kind than ${kind}`)
}

/** Names come from outside: only own properties count. */
function ownOf<T>(record: Readonly<Record<string, T>>, name: string, what: string): T {
  const found = Object.hasOwn(record, name) ? record[name] : undefined
  if (found !== undefined) return found
  throw new StepError('validation', `There is no ${what} "${name}"`, {
    detail: `There are: ${Object.keys(record).join(', ')}.`,
  })
}

function parseInput({ input }: { readonly input: ConnectorTrigger['input'] }, given: JsonValue): unknown {
  const parsed = input.safeParse(given)
  if (parsed.success) return parsed.data
  const detail = misfits(parsed.error, 'input').slice(0, 10).join('; ')
  throw new StepError('validation', 'The input is not valid', { detail })
}

/** The trigger that a delivery is for, and the delivery as it takes it. */
function toDelivery(
  connector: Connector,
  given: RemotePayload<'trigger.verify'>,
  contextFor: Answering['contextFor'],
): { readonly trigger: ConnectorWebhookTrigger; readonly delivery: WebhookDelivery } {
  const trigger = triggerOf(connector, given.trigger, 'webhook')
  const { secret, registration, now, request } = given
  const { auth, ...context } = contextFor(given.auth)
  const rawBody = Buffer.from(request.rawBody, 'base64')
  const delivery = {
    ...context,
    credentials: async () => auth,
    input: parseInput(trigger, given.input),
    ...{ secret, registration, now },
    request: { ...request, rawBody },
  }
  return { trigger, delivery }
}

const NO_SOCKETS: NetDoor = {
  connect: () => Promise.reject(new StepError('validation', 'A served connector opens its own sockets')),
}

const noStore = (): Promise<never> =>
  Promise.reject(
    new StepError('validation', 'There is no store here', { detail: 'Serve the connector with `storeOf`.' }),
  )

const NO_STORE: KeyValueStore = { get: noStore, set: noStore, delete: noStore }

function refuse(title: string): never {
  throw new StepError('validation', title)
}
