import { hkdfSync } from 'node:crypto'
import { type TenantId, type WaitLinks, waitToken } from '@inlay/engine'
import type { MasterKeys } from '../config/index.js'
import { lookupOf } from '../database/index.js'
import type { ApprovalRef } from './approval-ref.js'

const SECRET_BYTES = 32
const PURPOSE = 'inlay wait links 1'

/**
 * How runs make links for approvals and callbacks: with a secret that is derived from the master key in use.
 *
 * @param baseOf the origin of a tenant's links
 */
export function createWaitLinks(masterKeys: MasterKeys, baseOf: (tenantId: TenantId) => string): WaitLinks {
  const key = masterKeys.keys.get(masterKeys.current)
  if (key === undefined) throw new RangeError('The current master key is not among the master keys.')
  return {
    secret: secretOf(key),
    url: (kind, token, tenantId) => `${baseOf(tenantId)}/${kind === 'approval' ? 'approvals' : 'callbacks'}/${token}`,
  }
}

/**
 * The token of an open wait, for those who may answer it without having its link. Also of waits that were opened before
 * the master key changed, for as long as the former one is configured.
 *
 * @param hash of the token, as the journal keeps it
 * @returns undefined when the key is gone
 */
export function findToken(
  masterKeys: MasterKeys,
  { runId, ...address }: ApprovalRef,
  hash: string,
): string | undefined {
  for (const key of masterKeys.keys.values()) {
    const token = waitToken({ secret: secretOf(key), url: () => '' }, runId, address)
    if (lookupOf(token) === hash) return token
  }
  return undefined
}

function secretOf(masterKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', PURPOSE, SECRET_BYTES))
}
