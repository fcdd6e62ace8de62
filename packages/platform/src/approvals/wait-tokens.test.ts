import { randomBytes } from 'node:crypto'
import { type RunId, type TenantId, waitToken } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import type { MasterKeys } from '../config/index.js'
import { lookupOf } from '../database/index.js'
import { approvalId, parseApprovalId } from './approval-ref.js'
import { createWaitLinks, findToken } from './wait-tokens.js'

const REF = { runId: 'run_1' as RunId, stepPath: 'block/ask', iteration: '2.0' }
const { runId, ...ADDRESS } = REF
// Whose links they are.
const TENANT = 'acme' as TenantId

function keysOf(...ids: string[]): MasterKeys {
  return { current: ids[0] ?? '', keys: new Map(ids.map((id) => [id, KEYS[id] ?? Buffer.alloc(0)])) }
}

const KEYS: Readonly<Record<string, Buffer>> = { old: randomBytes(32), new: randomBytes(32) }

describe('tokens of links', () => {
  const links = createWaitLinks(keysOf('old'), (tenantId) => `https://${tenantId}.example`)
  const token = waitToken(links, runId, ADDRESS)

  it('stand at the end of an address of their kind and tenant, and give nothing away', () => {
    expect(links.url('approval', token, TENANT)).toBe(`https://acme.example/approvals/${token}`)
    expect(links.url('callback', token, TENANT)).toBe(`https://acme.example/callbacks/${token}`)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(Buffer.from(links.secret).equals(KEYS['old'] ?? Buffer.alloc(0))).toBe(false)
  })

  it('are found by their hash, also after the master key has changed, while the former one is there', () => {
    expect(findToken(keysOf('old'), REF, lookupOf(token))).toBe(token)
    expect(findToken(keysOf('new', 'old'), REF, lookupOf(token))).toBe(token)
    expect(findToken(keysOf('new'), REF, lookupOf(token))).toBeUndefined()
    expect(findToken(keysOf('old'), { ...REF, iteration: '0' }, lookupOf(token))).toBeUndefined()
  })
})

describe('the id of an approval', () => {
  it('names its step, and nothing else does', () => {
    expect(parseApprovalId(approvalId(REF))).toEqual(REF)
    for (const id of ['', 'apr_', 'run_1', 'apr_cnVu', approvalId({ ...REF, iteration: '0\n1' })]) {
      expect(parseApprovalId(id)).toBeUndefined()
    }
  })
})
