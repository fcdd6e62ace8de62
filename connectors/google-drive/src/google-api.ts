import { hasStatus, rpcStatusRefusal, service } from '@inlay/sdk/connector'

const SERVICE = 'Google Drive'

/** Google's Drive API (v3). */
export const google = service({ name: SERVICE, refusal: rpcStatusRefusal(SERVICE) })

/** Whether Google said that there is no such thing, or no longer. */
export function isGone(error: unknown): boolean {
  return hasStatus(error, 404, 410)
}
