import type { AuthValues } from '../contracts/connector.js'
import type { ConnectionId, RunId } from '../contracts/ids.js'
import type { TenantScope } from '../contracts/scope.js'

/** What credentials are opened for: hosts that keep an audit log record it. */
export interface CredentialUse {
  /** `step` for a step of a run; hosts have purposes of their own. */
  readonly purpose: string
  readonly runId?: RunId
  readonly stepPath?: string
}

/** Opens a customer's credentials for the length of one attempt. Implementations must not log what they return. */
export interface CredentialProvider {
  /** @throws StepError `authentication` when the connection does not exist in this scope, is for another connector, or cannot be opened */
  open(scope: TenantScope, connectionId: ConnectionId, connectorId: string, use?: CredentialUse): Promise<AuthValues>
  /**
   * Gets credentials anew after a service has refused those that `open` gave: once for each attempt of an action. Many may
   * ask at the same time; `used` tells whether somebody else has renewed them already. Resolves to undefined when there are
   * none better; the action then sees the refusal. Without it, refusals are final.
   */
  renew?(
    scope: TenantScope,
    connectionId: ConnectionId,
    connectorId: string,
    used: AuthValues,
  ): Promise<AuthValues | undefined>
}
