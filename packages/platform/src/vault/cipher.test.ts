import { randomBytes } from 'node:crypto'
import type { CustomerId, TenantId } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { seal, unseal } from './cipher.js'
import { createEnvironmentKeyWrapper } from './environment-key-wrapper.js'
import { decodeWrappedKey, encodeWrappedKey } from './key-wrapper.js'

const place = { tenantId: 'ten_a' as TenantId, customerId: 'cus_a' as CustomerId, id: 'con_a' }
const key = randomBytes(32)
const sealed = seal('{"token":"s3cret"}', key, place)

describe('the cipher', () => {
  it('opens what it sealed, and never seals the same way twice', () => {
    expect(unseal(sealed, key, place)).toBe('{"token":"s3cret"}')
    expect(seal('x', key, place).equals(seal('x', key, place))).toBe(false)
    expect(sealed.includes('s3cret')).toBe(false)
  })

  it.each([
    ['another row', { ...place, id: 'con_b' }],
    ['another customer', { ...place, customerId: 'cus_b' as CustomerId }],
    ['the tenant itself', { tenantId: place.tenantId, id: place.id }],
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
})

describe('master keys of the environment', () => {
  const k1 = randomBytes(32)
  const k2 = randomBytes(32)
  const before = createEnvironmentKeyWrapper({ current: 'k1', keys: new Map([['k1', k1]]) })

  it("keep a customer's key to that customer", async () => {
    const wrapped = await before.wrap(key, place)
    expect((await before.unwrap(wrapped, place)).equals(key)).toBe(true)
    await expect(before.unwrap(wrapped, { ...place, customerId: 'cus_b' as CustomerId })).rejects.toThrow()
  })

  it('rotate: old keys still open, new wraps use the new one, and a lost one is named', async () => {
    const both = new Map([
      ['k2', k2],
      ['k1', k1],
    ])
    const during = createEnvironmentKeyWrapper({ current: 'k2', keys: both })
    const after = createEnvironmentKeyWrapper({ current: 'k2', keys: new Map([['k2', k2]]) })
    const old = await before.wrap(key, place)
    const rewrapped = await during.wrap(await during.unwrap(old, place), place)
    expect(rewrapped.keyId).toBe(await during.currentKeyId())
    expect((await after.unwrap(rewrapped, place)).equals(key)).toBe(true)
    await expect(after.unwrap(old, place)).rejects.toThrow('"k1" is not configured')
  })

  it('say in what is stored which of them it was, for ids that can be stored', async () => {
    const wrapped = await before.wrap(key, place)
    expect(decodeWrappedKey(encodeWrappedKey(wrapped))).toEqual(wrapped)
    expect(() => encodeWrappedKey({ ...wrapped, keyId: 'ü' })).toThrow('cannot be stored')
    expect(() => decodeWrappedKey(Buffer.from([9, 0]))).toThrow('unknown version')
  })
})
