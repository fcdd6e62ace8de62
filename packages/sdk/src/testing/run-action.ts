import { type AuthValues, type Connector, type JsonValue, StepError, toPlainJson, UserError } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'

export interface RunActionOptions {
  readonly input: unknown
  /** @default { kind: 'none', fields: {} } */
  readonly auth?: AuthValues
  /** @default 'test-key' */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/**
 * Runs one action as the engine would, without the platform: the input is checked, the output must be plain JSON. Calls
 * may go to this machine, so that a stub can answer.
 *
 * @throws StepError what the action failed with; `validation` when the input does not fit
 * @throws UserError `testing.no_action`
 */
export async function runAction(connector: Connector, actionId: string, options: RunActionOptions): Promise<JsonValue> {
  const action = connector.actions[actionId]
  if (action === undefined) {
    const known = Object.keys(connector.actions).join(', ')
    throw new UserError(
      'not_found',
      'testing.no_action',
      `${connector.id} has no action "${actionId}"; it has ${known}.`,
    )
  }
  const input = action.input.safeParse(options.input)
  if (!input.success) {
    const detail = input.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    throw new StepError('validation', `The input of ${connector.name} is not valid`, { detail })
  }
  return withLocalEgress(async (egress) => {
    const output = await action.run({
      input: input.data,
      auth: options.auth ?? { kind: 'none', fields: {} },
      http: egress.http,
      net: egress.net,
      idempotencyKey: options.idempotencyKey ?? 'test-key',
      signal: options.signal ?? new AbortController().signal,
      log: { info: () => {}, warn: () => {} },
    })
    return toPlainJson(action.output.parse(output), { maxBytes: 1_048_576 })
  })
}

/** Loads the choices of a field of an action's form, as the builder would. */
export async function loadOptions(
  connector: Connector,
  { action, field, auth, search = '' }: { action: string; field: string; auth: AuthValues; search?: string },
): Promise<readonly { value: string; label: string }[]> {
  const loader = connector.actions[action]?.options?.[field]
  if (loader === undefined) {
    throw new UserError('not_found', 'testing.no_options', `${connector.id}.${action} has no options for "${field}".`)
  }
  return withLocalEgress(({ http, net }) =>
    loader({ auth, http, net, input: {}, search, signal: new AbortController().signal }),
  )
}

/** Runs a connector's own check of credentials. */
export async function testConnection(connector: Connector, auth: AuthValues): Promise<void> {
  await withLocalEgress(async ({ http, net }) => {
    await connector.auth.test?.({ auth, http, net, signal: new AbortController().signal })
  })
}

async function withLocalEgress<T>(use: (egress: ReturnType<typeof createEgress>) => Promise<T>): Promise<T> {
  const egress = createEgress({ allow: ['127.0.0.0/8', '::1/128'] })
  try {
    return await use(egress)
  } finally {
    await egress.close()
  }
}
