import type { AuthValues, Connector, ConnectorAction } from '../../contracts/connector.js'
import { StepError } from '../../contracts/errors.js'
import type { ConnectionId } from '../../contracts/ids.js'
import type { ActionStep } from '../../contracts/workflow.js'
import type { Activation } from '../../run/activation.js'
import type { StepCall } from '../../run/program.js'

/** The action an action step names. */
export interface ResolvedAction {
  readonly connector: Connector
  readonly action: ConnectorAction
  /** Undefined also when the connector has no use for one. */
  readonly connection: ConnectionId | undefined
  readonly delivery: 'at-least-once' | 'at-most-once'
}

/** @throws StepError `validation` when this deployment has no such connector or action */
export async function resolveAction(
  step: ActionStep,
  { deps: { connectors }, run: { tenantId, customerId } }: Activation,
): Promise<ResolvedAction> {
  const connector = await connectors.load(step.connector, step.version, { tenantId, customerId })
  const version = step.version === undefined ? '' : ` in version ${step.version}`
  if (connector === undefined) {
    throw new StepError('validation', `There is no connector "${step.connector}"${version}`, {
      detail: 'It may have been removed from this deployment. Choose another one in the builder and publish again.',
    })
  }
  const action = Object.hasOwn(connector.actions, step.action) ? connector.actions[step.action] : undefined
  if (action === undefined) {
    throw new StepError('validation', `${connector.name} has no action "${step.action}"`, {
      detail: `It has: ${Object.keys(connector.actions).join(', ')}.`,
    })
  }
  // The id is checked by the credential provider, under the run's own scope.
  const connection = connector.connection === 'none' ? undefined : (step.connection as ConnectionId | undefined)
  return { connector, action, connection, delivery: action.delivery ?? 'at-least-once' }
}

/**
 * Opens the credentials of an action's connection.
 *
 * @throws StepError `authentication` when there is no connection and the connector needs one; what the provider throws
 */
export async function openCredentials(
  { connector, action, connection }: ResolvedAction,
  { frame, step }: StepCall,
): Promise<AuthValues> {
  const { deps, run } = frame.activation
  if (connection !== undefined) {
    const scope = { tenantId: run.tenantId, customerId: run.customerId }
    const use = { purpose: 'step', runId: run.runId, stepPath: step.path }
    const auth = await deps.credentials.open(scope, connection, connector.id, use)
    assertScopes(connector, action, auth)
    return auth
  }
  if (connector.connection !== 'required') return { kind: 'none', fields: {} }
  throw new StepError('authentication', `${connector.name} needs a connection`, {
    detail: 'Choose or create a connection on this step, then publish again.',
  })
}

/** A service that does not say what it granted is believed to have granted what it was asked for. */
function assertScopes({ name }: Connector, { name: does, scopes }: ConnectorAction, auth: AuthValues): void {
  if (auth.kind !== 'oauth2' || auth.scopes.length === 0) return
  const missing = scopes.filter((scope) => !auth.scopes.includes(scope))
  if (missing.length === 0) return
  throw new StepError('authorization', `${name} was not allowed to do "${does}"`, {
    detail: `The connection lacks: ${missing.join(', ')}. Connect the account again and allow it.`,
    data: { missingScopes: missing },
  })
}
