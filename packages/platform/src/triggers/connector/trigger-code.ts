import {
  type AuthValues,
  type BlobStore,
  type Connector,
  type ConnectorRegistry,
  type ConnectorStorage,
  type ConnectorTrigger,
  type CredentialProvider,
  type CredentialUse,
  createFileStore,
  createServiceClient,
  type DeliveryContext,
  type Doors,
  type Governor,
  governedDoors,
  type HttpClient,
  isInlayError,
  type JsonValue,
  type KeyValueStore,
  misfits,
  type NetDoor,
  paceOf,
  Redactor,
  type ServiceClientOptions,
  StepError,
  type StepLog,
  systemClock,
  type TriggerContext,
  toPlainJson,
  type WorkflowId,
} from '@inlay/engine'
import { callConnector } from '../../catalog/index.js'
import type { Logger } from '../../telemetry/index.js'
import type { TriggerRow } from './trigger-row.js'

/** What the code of triggers needs of its host. */
export interface TriggerCodeDeps {
  readonly registry: ConnectorRegistry
  readonly credentials: CredentialProvider
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections, together with all that runs call. */
  readonly governor?: Governor | undefined
  /** Without it, triggers that keep something fail and say so. */
  readonly storage?: ConnectorStorage | undefined
  /** Without it, triggers that write files fail and say so. */
  readonly blobs?: BlobStore | undefined
  readonly log: Logger
}

/** What names a trigger's code and its settings. */
export type TriggerSettings = Pick<
  TriggerRow,
  'tenant_id' | 'customer_id' | 'connector' | 'connector_version' | 'trigger' | 'connection_id' | 'input'
> & { readonly workflow_id: WorkflowId | null }

/** A trigger's code with its checked settings. */
export interface OpenedTrigger {
  readonly connector: Connector
  readonly trigger: ConnectorTrigger
  readonly input: unknown
}

/** Finds the code of triggers, and calls it within bounds: it may hang, and throw anything. */
export class TriggerCode {
  constructor(private readonly deps: TriggerCodeDeps) {}

  /** @throws StepError `validation` when there is no such connector or trigger, or the settings do not fit it */
  async open(settings: TriggerSettings): Promise<OpenedTrigger> {
    const { connector: id, connector_version: version, trigger: name } = settings
    const scope = { tenantId: settings.tenant_id, customerId: settings.customer_id }
    const connector = await this.deps.registry.load(id, version ?? undefined, scope)
    if (connector === undefined) throw noConnector(id, version)
    const trigger = Object.hasOwn(connector.triggers, name) ? connector.triggers[name] : undefined
    if (trigger === undefined) throw noTrigger(connector, name)
    const parsed = trigger.input.safeParse(settings.input)
    if (!parsed.success) throw wrongInput(connector, parsed.error)
    return { connector, trigger, input: parsed.data }
  }

  /**
   * Calls the trigger's code with the customer's credentials.
   *
   * @throws StepError of the connector or the credentials, without a secret in it; `timeout`; `bug` for anything else that is thrown
   */
  async call<T>(settings: TriggerSettings, opened: OpenedTrigger, options: TriggerCall<T>): Promise<T> {
    const { connector, input } = opened
    const redactor = redactorOf(connector, options.secrets)
    const auth = await this.auth(settings, connector, { purpose: 'trigger' })
    redactor.learn(auth)
    return this.bounded({ settings, connector, redactor }, options, (calling) => {
      const { http, net } = this.doors(calling)
      const context = { ...this.surroundings(calling), auth, http: this.client(calling, auth, http), net }
      return options.run({ ...context, input }, (data) => redactor.output(data))
    })
  }

  /**
   * Calls the trigger's code about something that its service has sent: it opens the connection when it needs to, which
   * is seldom.
   *
   * @throws StepError as `call`; what says that the database is away, as it is
   */
  async deliver<T>(settings: TriggerSettings, opened: OpenedTrigger, options: TriggerDelivery<T>): Promise<T> {
    const { connector, input } = opened
    const redactor = redactorOf(connector, options.secrets)
    let away: unknown
    const open = async (): Promise<AuthValues> => {
      try {
        const auth = await this.auth(settings, connector, { purpose: 'delivery' })
        redactor.learn(auth)
        return auth
      } catch (error) {
        // Not a failure of the connector's, whatever its code makes of it.
        if (!isInlayError(error)) away = error
        throw error
      }
    }
    const bounded = this.bounded({ settings, connector, redactor }, options, (calling) => {
      const doors = this.doors(calling)
      const credentials = once(open)
      const client = once(async () => this.client(calling, await credentials(), doors.http))
      const http: HttpClient = { request: async (request) => (await client()).request(request) }
      const context = { ...this.surroundings(calling), credentials, http, net: doors.net }
      return options.run({ ...context, input }, (data) => redactor.json(data))
    })
    return bounded.catch((error: unknown) => {
      throw away ?? error
    })
  }

  /** Runs a connector's code in its time, and lets it do no more afterwards. */
  private bounded<T>(
    { settings, connector, redactor }: Omit<Calling, 'signal'>,
    { timeoutMs, signal: stop }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
    run: (calling: Calling) => Promise<T>,
  ): Promise<T> {
    const over = new AbortController()
    const stops = [over.signal, ...(stop === undefined ? [] : [stop])]
    return callConnector(connector.name, timeoutMs, async (timeUp) => {
      const signal = AbortSignal.any([timeUp, ...stops])
      try {
        return await run({ settings, connector, redactor, signal })
      } catch (thrown) {
        throw redactor.failure(thrown)
      }
    }).finally(() => over.abort(goesOn(connector)))
  }

  private client({ settings, connector, redactor }: Calling, auth: AuthValues, http: HttpClient): HttpClient {
    return createServiceClient({
      ...{ connector, auth, http, ...this.renewal(settings, connector, { auth, redactor }) },
      onSession: (values) => redactor.learnSession(values),
    })
  }

  /** All that code is given besides its account and the ways out. */
  private surroundings({
    settings,
    connector,
    redactor,
    signal,
  }: Calling): Pick<TriggerContext, 'signal' | 'caller' | 'log' | 'files' | 'store'> {
    const { storage, blobs } = this.deps
    const { tenant_id: tenantId, customer_id: customerId, workflow_id: workflowId } = settings
    const scope = { tenantId, customerId }
    return {
      signal,
      caller: { customerId },
      log: this.log(settings, redactor),
      files: createFileStore({ blobs, scope }),
      // A trigger without a workflow only takes back what it told the service: what is the workflow's is gone.
      store:
        workflowId === null || storage === undefined
          ? { customer: NO_STORE, workflow: NO_STORE }
          : storage.open({ ...scope, workflowId, connectorId: connector.id }),
    }
  }

  /** The ways out of the process: closed when the call is over, so that code which goes on can do no more. */
  private doors({ settings, connector, signal }: Calling): Doors {
    const { tenant_id: tenantId, customer_id: customerId, connection_id: connectionId } = settings
    const { governor } = this.deps
    const pace = paceOf(connector)
    const caller = {
      ...{ tenantId, customerId, connectorId: connector.id },
      ...(connectionId === null ? {} : { connectionId }),
      ...(pace === undefined ? {} : { pace }),
    }
    const { http, net } =
      governor === undefined
        ? this.deps
        : governedDoors(this.deps, { governor, clock: systemClock(), maxWaitMs: MAX_TURN_MS }, caller)
    const within = (own: AbortSignal | undefined): AbortSignal =>
      own === undefined || own === signal ? signal : AbortSignal.any([own, signal])
    const assertOpen = (): void => {
      if (signal.aborted) throw signal.reason
    }
    return {
      http: {
        request: async (request) => {
          assertOpen()
          return http.request({ ...request, signal: within(request.signal) })
        },
      },
      net: {
        connect: async (target) => {
          assertOpen()
          return net.connect({ ...target, signal: within(target.signal) })
        },
      },
    }
  }

  /** Credentials that the service refuses are renewed, once for a call however many of its requests are refused. */
  private renewal(
    { tenant_id: tenantId, customer_id: customerId, connection_id: connectionId }: TriggerSettings,
    connector: Connector,
    { auth, redactor }: { readonly auth: AuthValues; readonly redactor: Redactor },
  ): Pick<ServiceClientOptions, 'renew'> {
    const { credentials } = this.deps
    if (connectionId === null || credentials.renew === undefined) return {}
    const renewOnce = async (): Promise<AuthValues | undefined> => {
      const renewed = await credentials.renew?.({ tenantId, customerId }, connectionId, connector.id, auth)
      if (renewed !== undefined) redactor.learn(renewed)
      return renewed
    }
    let renewing: Promise<AuthValues | undefined> | undefined
    return {
      renew: () => {
        renewing ??= renewOnce()
        return renewing
      },
    }
  }

  private async auth(settings: TriggerSettings, connector: Connector, use: CredentialUse): Promise<AuthValues> {
    const { tenant_id: tenantId, customer_id: customerId, connection_id: connectionId } = settings
    if (connectionId !== null) {
      return this.deps.credentials.open({ tenantId, customerId }, connectionId, connector.id, use)
    }
    if (connector.connection !== 'required') return { kind: 'none', fields: {} }
    throw new StepError('authentication', `${connector.name} needs a connection`, {
      detail: 'Choose or create a connection on the trigger, then publish again.',
    })
  }

  private log({ workflow_id: workflowId, connector, trigger }: TriggerSettings, redactor: Redactor): StepLog {
    const write = (level: 'info' | 'warn') => (message: string, data?: unknown) => {
      const text = redactor.text(String(message)).slice(0, MAX_MESSAGE)
      this.deps.log[level]({ workflowId, connector, trigger, ...readData(data, redactor) }, text)
    }
    return { info: write('info'), warn: write('warn') }
  }
}

/** One call of a trigger's code. */
export interface TriggerCall<T> {
  /** Milliseconds after which it is not waited for any more. */
  readonly timeoutMs: number
  /** Aborted when the process stops. */
  readonly signal?: AbortSignal
  /** What must not show in a failure, besides the credentials. */
  readonly secrets?: readonly string[]
  /** `clean` takes out of data the credentials that the service has repeated. */
  readonly run: (context: TriggerContext, clean: (data: JsonValue) => JsonValue) => Promise<T>
}

/** One call of a trigger's code about something that its service has sent. */
export interface TriggerDelivery<T> extends Pick<TriggerCall<T>, 'timeoutMs' | 'secrets'> {
  /** `clean` takes every secret that was opened out of what is answered. */
  readonly run: (context: DeliveryContext, clean: (data: JsonValue) => JsonValue) => Promise<T>
}

interface Calling {
  readonly settings: TriggerSettings
  readonly connector: Connector
  readonly redactor: Redactor
  /** Aborted when the call is over, for whatever reason. */
  readonly signal: AbortSignal
}

/** Milliseconds that a request may wait for its turn. */
const MAX_TURN_MS = 5000
const MAX_MESSAGE = 4000
const MAX_DATA_BYTES = 65_536

function redactorOf(connector: Connector, secrets: readonly string[] = []): Redactor {
  const redactor = new Redactor(connector)
  for (const secret of secrets) redactor.learn({ kind: 'apiKey', apiKey: secret, fields: {} })
  return redactor
}

function once<T>(get: () => Promise<T>): () => Promise<T> {
  let getting: Promise<T> | undefined
  return () => {
    getting ??= get()
    return getting
  }
}

function readData(data: unknown, redactor: Redactor): { readonly data?: unknown } {
  if (data === undefined) return {}
  try {
    return { data: redactor.json(toPlainJson(data, { maxBytes: MAX_DATA_BYTES, name: 'data' })) }
  } catch {
    return { data: '[not logged]' }
  }
}

const refuse = (): Promise<never> =>
  Promise.reject(new StepError('validation', 'This deployment keeps nothing for triggers of connectors'))

const NO_STORE: KeyValueStore = { get: refuse, set: refuse, delete: refuse }

function goesOn(connector: Connector): StepError {
  return new StepError('bug', `A trigger of ${connector.name} goes on after its end`, {
    detail: 'It has not waited for a promise of its own.',
  })
}

function noConnector(id: string, version: string | null): StepError {
  return new StepError(
    'validation',
    `There is no connector "${id}"${version === null ? '' : ` in version ${version}`}`,
    {
      detail: 'It may have been removed from this deployment. Choose another one in the builder and publish again.',
    },
  )
}

function noTrigger(connector: Connector, name: string): StepError {
  return new StepError('validation', `${connector.name} has no trigger "${name}"`, {
    detail: `It has: ${Object.keys(connector.triggers).join(', ') || 'none'}.`,
  })
}

function wrongInput(connector: Connector, error: Parameters<typeof misfits>[0]): StepError {
  const problems = misfits(error, 'input').slice(0, 10)
  return new StepError('validation', `The settings of the trigger do not fit ${connector.name}`, {
    detail: `${problems.join('; ')}. Correct them in the builder and publish again.`,
  })
}
