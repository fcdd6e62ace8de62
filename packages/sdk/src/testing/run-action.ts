import {
  type AuthValues,
  type Connector,
  type ConnectorAction,
  type HttpClient,
  type JsonObject,
  type JsonValue,
  StepError,
  toPlainJson,
  UserError,
} from '@inlay/engine'
import { createEgress, type Egress } from '@inlay/engine/http'

/** What the engine takes of an action's output by default, in bytes of JSON. */
const MAX_OUTPUT_BYTES = 1_048_576

/** What the action is given. */
export interface RunActionOptions {
  readonly input: unknown
  /** @default { kind: 'none', fields: {} } */
  readonly auth?: AuthValues
  /** @default a client that reaches public addresses and this machine */
  readonly http?: HttpClient
  /** @default 'test-key' */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/**
 * Runs one action as the engine would, without the platform: input and credentials are checked, the output must be plain
 * JSON. It must fit the action's output schema too, which is what later steps rely on. Calls may go to this machine, so
 * that a stub can answer.
 *
 * @throws StepError what the action failed with; `validation` when the input does not fit, `authentication` when there
 * are no credentials and the connector needs some, `bug` when the output does not fit
 * @throws UserError `testing.no_action`
 */
export async function runAction(connector: Connector, actionId: string, options: RunActionOptions): Promise<JsonValue> {
  const action = findAction(connector, actionId)
  const input = action.input.safeParse(options.input)
  if (!input.success) {
    throw new StepError('validation', `The input of ${connector.name} is not valid`, {
      detail: problemsOf(input.error),
    })
  }
  const auth = options.auth ?? { kind: 'none', fields: {} }
  if (auth.kind === 'none' && connector.auth.kind !== 'none' && connector.auth.optional !== true) {
    throw new StepError('authentication', `${connector.name} needs a connection`, { detail: 'Give the test `auth`.' })
  }
  return withTestEgress(async (egress) => {
    const output = await action.run({
      input: input.data,
      auth,
      http: options.http ?? egress.http,
      net: egress.net,
      idempotencyKey: options.idempotencyKey ?? 'test-key',
      signal: options.signal ?? new AbortController().signal,
      log: { info: () => {}, warn: () => {} },
    })
    return checkOutput(action, output)
  })
}

interface LoadOptionsRequest {
  readonly action: string
  readonly field: string
  readonly auth: AuthValues
  /** What the form holds so far. @default {} */
  readonly input?: JsonObject
  /** @default '' */
  readonly search?: string
}

/**
 * Loads the choices of a field of an action's form, as the builder would.
 *
 * @throws UserError `testing.no_action`, `testing.no_options`
 */
export async function loadOptions(
  connector: Connector,
  { action, field, auth, input = {}, search = '' }: LoadOptionsRequest,
): Promise<readonly { value: string; label: string }[]> {
  const loader = findAction(connector, action).options?.[field]
  if (loader === undefined) {
    throw new UserError('not_found', 'testing.no_options', `${connector.id}.${action} has no options for "${field}".`)
  }
  return withTestEgress(({ http, net }) =>
    loader({ auth, http, net, input, search, signal: new AbortController().signal }),
  )
}

/** Runs a connector's own check of credentials. @throws StepError what is wrong with them */
export async function testConnection(connector: Connector, auth: AuthValues): Promise<void> {
  await withTestEgress(async ({ http, net }) => {
    await connector.auth.test?.({ auth, http, net, signal: new AbortController().signal })
  })
}

/** Doors that lead to this machine too, on any port. Close them at the end of the test. */
export function createTestEgress(): Egress {
  return createEgress({ allow: ['127.0.0.0/8', '::1/128'] })
}

async function withTestEgress<T>(use: (egress: Egress) => Promise<T>): Promise<T> {
  const egress = createTestEgress()
  try {
    return await use(egress)
  } finally {
    await egress.close()
  }
}

function findAction(connector: Connector, id: string): ConnectorAction {
  const action = Object.hasOwn(connector.actions, id) ? connector.actions[id] : undefined
  if (action !== undefined) return action
  const known = Object.keys(connector.actions).join(', ')
  throw new UserError('not_found', 'testing.no_action', `${connector.id} has no action "${id}"; it has ${known}.`)
}

function checkOutput(action: ConnectorAction, output: JsonValue): JsonValue {
  const plain = toPlainJson(output, { maxBytes: MAX_OUTPUT_BYTES })
  const parsed = action.output.safeParse(plain)
  if (parsed.success) return plain
  throw new StepError('bug', `The output of "${action.name}" does not fit its schema`, {
    detail: problemsOf(parsed.error),
  })
}

function problemsOf({ issues }: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  return issues.map(({ path, message }) => `${path.map(String).join('.') || 'value'}: ${message}`).join('; ')
}
