import {
  type ActionResumption,
  type ActionSuspension,
  type AuthMethod,
  type AuthValues,
  authMethodOf,
  type ConnectedAccount,
  type Connector,
  type ConnectorAction,
  isSuspension,
  type JsonObject,
  type JsonValue,
  type OptionsPage,
  StepError,
  toPlainJson,
  UserError,
} from '@inlay/engine'
import { type TestContextOptions, withTestContext } from './test-context.js'

/** What the engine takes of an action's output by default, in bytes of JSON. */
const MAX_OUTPUT_BYTES = 1_048_576

/** What the action is given. */
export interface RunActionOptions extends TestContextOptions {
  readonly input: unknown
  /** @default 'test-key' */
  readonly idempotencyKey?: string
  /** For an action that had suspended itself. */
  readonly resumed?: ActionResumption
}

/**
 * Runs one action as the engine would, without the platform: input and credentials are checked, the output must be plain
 * JSON. It must fit the action's output schema too, which is what later steps rely on. Calls may go to this machine, so
 * that a stub can answer.
 *
 * @throws StepError what the action failed with; `validation` when the input does not fit, `authentication` when there
 * are no credentials and the connector needs some, `bug` when the output does not fit or the action suspends itself
 * @throws UserError `testing.no_action`
 */
export async function runAction(connector: Connector, actionId: string, options: RunActionOptions): Promise<JsonValue> {
  const result = await attemptAction(connector, actionId, options)
  if (!isSuspension(result)) return result
  throw new StepError('bug', `"${actionId}" has suspended itself`, { detail: 'Use `attemptAction` to see how.' })
}

/** As `runAction`, for actions that may suspend themselves. */
export async function attemptAction(
  connector: Connector,
  actionId: string,
  options: RunActionOptions,
): Promise<JsonValue | ActionSuspension> {
  const action = findAction(connector, actionId)
  const input = parseInput(connector, action, options.input)
  const { idempotencyKey = 'test-key', resumed } = options
  if ((options.auth?.kind ?? 'none') === 'none' && connector.connection === 'required') {
    throw new StepError('authentication', `${connector.name} needs a connection`, { detail: 'Give the test `auth`.' })
  }
  return withTestContext(connector, options, async (context) => {
    const result = await action.run({
      ...context,
      input,
      idempotencyKey,
      callbackUrl: () => `https://callback.test/${encodeURIComponent(idempotencyKey)}`,
      ...(resumed === undefined ? {} : { resumed }),
    })
    return isSuspension(result) ? result : checkOutput(action, result)
  })
}

/** Which form's field is asked for. */
export interface LoadFieldRequest extends TestContextOptions {
  /** The action or trigger. */
  readonly of: string
  readonly field: string
  /** What the form holds so far. @default {} */
  readonly input?: JsonObject
  /** @default '' */
  readonly search?: string
  readonly cursor?: string
}

/**
 * Loads the choices of a field of an action's or trigger's form, as the builder would.
 *
 * @throws UserError `testing.no_action`, `testing.no_options`
 */
export async function loadOptions(connector: Connector, request: LoadFieldRequest): Promise<OptionsPage> {
  const { of, field, input = {}, search = '', cursor } = request
  const loader = findMember(connector, of).options[field]
  if (loader === undefined) {
    throw new UserError('not_found', 'testing.no_options', `${connector.id}.${of} has no options for "${field}".`)
  }
  return withTestContext(connector, request, (context) =>
    loader.load({ ...context, input, search, ...(cursor === undefined ? {} : { cursor }) }),
  )
}

/** The `field` of `loadSchema` for the shape of what comes out. */
export const OUTPUT = '$output'

/**
 * Loads the JSON Schema of a field of an action's or trigger's form, or of `OUTPUT`, as the builder would.
 *
 * @throws UserError `testing.no_action`, `testing.no_schema`
 */
export async function loadSchema(connector: Connector, request: LoadFieldRequest): Promise<JsonObject> {
  const { of, field, input = {} } = request
  const member = findMember(connector, of)
  const loader = field === OUTPUT ? member.outputSchema : member.schemas[field]
  if (loader === undefined) {
    throw new UserError('not_found', 'testing.no_schema', `${connector.id}.${of} has no schema for "${field}".`)
  }
  return withTestContext(connector, request, (context) => loader.load({ ...context, input }))
}

/**
 * Runs a connector's own check of credentials, that of the way to connect which they are for.
 *
 * @throws StepError what is wrong with them
 * @throws UserError `testing.no_way` for credentials of another kind
 */
export async function testConnection(
  connector: Connector,
  options: TestContextOptions & Required<Pick<TestContextOptions, 'auth'>>,
): Promise<void> {
  const way = findWay(connector, options.auth)
  await withTestContext(connector, options, async (context) => way.test?.(context))
}

/**
 * Tells which account credentials belong to, as the platform asks when one is connected; undefined when the connector
 * does not tell.
 *
 * @throws StepError what is wrong with the credentials
 */
export async function accountOf(
  connector: Connector,
  options: TestContextOptions & Required<Pick<TestContextOptions, 'auth'>>,
): Promise<ConnectedAccount | undefined> {
  const way = findWay(connector, options.auth)
  return withTestContext(connector, options, async (context) => way.account?.(context))
}

function findWay(connector: Connector, auth: AuthValues): AuthMethod {
  const way = authMethodOf(connector, auth)
  if (way !== undefined) return way
  const known = connector.auth.map(({ id }) => id).join(', ')
  throw new UserError(
    'not_found',
    'testing.no_way',
    `${connector.id} is not connected by ${auth.kind}; ways: ${known}.`,
  )
}

function parseInput(connector: Connector, { input }: Pick<ConnectorAction, 'input'>, given: unknown): unknown {
  const parsed = input.safeParse(given)
  if (parsed.success) return parsed.data
  throw new StepError('validation', `The input of ${connector.name} is not valid`, { detail: problemsOf(parsed.error) })
}

function findAction(connector: Connector, id: string): ConnectorAction {
  const action = Object.hasOwn(connector.actions, id) ? connector.actions[id] : undefined
  if (action !== undefined) return action
  const known = Object.keys(connector.actions).join(', ')
  throw new UserError('not_found', 'testing.no_action', `${connector.id} has no action "${id}"; it has ${known}.`)
}

function findMember(connector: Connector, id: string) {
  const trigger = Object.hasOwn(connector.triggers, id) ? connector.triggers[id] : undefined
  return trigger ?? findAction(connector, id)
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
