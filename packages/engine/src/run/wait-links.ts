import { createHmac } from 'node:crypto'
import { StepError } from '../contracts/errors.js'
import type { RunId, TenantId } from '../contracts/ids.js'
import { idempotencyKey, type StepAddress } from '../contracts/run.js'

/** How approvals and callbacks are reached from outside. */
export interface WaitLinks {
  /** At least 16 bytes, the same in all processes and for as long as runs wait: tokens are derived from it. */
  readonly secret: string | Uint8Array
  /** The address at which the wait of a token is answered. @param tenantId whose run waits */
  url(kind: 'approval' | 'callback', token: string, tenantId: TenantId): string
}

/**
 * The token that answers a wait. It is derived, not stored: a run that is taken up again gives the same links.
 *
 * @param address with the number of `callbacks` that a step has taken before, each of which had a token of its own
 * @throws StepError `validation` when the engine was made without links
 */
export function waitToken(
  links: WaitLinks | undefined,
  runId: RunId,
  address: StepAddress & { readonly callbacks?: number },
): string {
  if (links === undefined) {
    throw new StepError('validation', 'Approvals and callbacks are not available here', {
      detail: 'The host has to create the engine with the option "links".',
    })
  }
  const { callbacks = 0 } = address
  const wait = `wait ${idempotencyKey(runId, address)}`
  return createHmac('sha256', links.secret)
    .update(callbacks === 0 ? wait : `${wait} ${callbacks}`)
    .digest('base64url')
}
