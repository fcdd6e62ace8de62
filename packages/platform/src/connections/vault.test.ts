import { randomBytes } from 'node:crypto'
import type { CustomerId, TenantId } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { createDataKey, seal, unseal, unwrapDataKey, wrapDataKey } from './vault.js'

const place = { tenantId: 'ten_a' as TenantId, customerId: 'cus_a' as CustomerId, id: 'con_a' }
const master = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) }
const { key, wrapped } = createDataKey(master, place)
const sealed = seal('{"token":"s3cret"}', key, place)

describe('the vault', () => {
  it('opens what it sealed, and never seals the same way twice', () => {
    expect(unseal(sealed, unwrapDataKey(wrapped, master, place), place)).toBe('{"token":"s3cret"}')
    expect(seal('x', key, place).equals(seal('x', key, place))).toBe(false)
    expect(sealed.includes('s3cret')).toBe(false)
  })

  it.each([
    ['another row', { ...place, id: 'con_b' }],
    ['another customer', { ...place, customerId: 'cus_b' as CustomerId }],
    ['another tenant', { ...place, tenantId: 'ten_b' as TenantId }],
    ['parts that run together', { ...place, customerId: 'cus_ac' as CustomerId, id: 'on_a' }],
  ])('does not open in %s', (_name, elsewhere) => {
    expect(() => unseal(sealed, key, elsewhere)).toThrow('belongs elsewhere')
  })

  it('does not open with any byte changed or cut off', () => {
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(() => unseal(changed, key, place)).toThrow()
    }
    expect(() => unseal(sealed.subarray(0, 20), key, place)).toThrow('not whole')
  })

  it("keeps a customer's key to that customer", () => {
    expect(() => unwrapDataKey(wrapped, master, { ...place, customerId: 'cus_b' as CustomerId })).toThrow()
  })

  it('rotates: old keys still open, new wraps use the new one, and a lost one is named', () => {
    const rotated = { current: 'k2', keys: new Map([['k2', randomBytes(32)], ...master.keys]) }
    const opened = unwrapDataKey(wrapped, rotated, place)
    const again = wrapDataKey(opened, rotated, place)
    expect(
      unwrapDataKey(again, { current: 'k2', keys: new Map([['k2', rotated.keys.get('k2') as Buffer]]) }, place).equals(
        key,
      ),
    ).toBe(true)
    expect(() => unwrapDataKey(again, master, place)).toThrow('"k2" is not configured')
  })
})
