import type { TenantId } from '@inlay/engine'
import { expect, it } from 'vitest'
import { rememberOpened } from './opened-secrets.js'

const place = { tenantId: 'ten_1' as TenantId, id: 'trg_1/secret' }

it('opens a secret once a minute, another seal or place at once, and nothing for good that failed', async () => {
  let now = 0
  const asked: string[] = []
  const open = async ({ id }: { readonly id: string }, sealed: Buffer): Promise<string> => {
    asked.push(`${id} ${sealed}`)
    if (asked.length === 1) throw new Error('away')
    return `plain ${sealed}`
  }
  const opener = rememberOpened({ open }, () => now)
  await expect(opener.open(place, Buffer.from('a'))).rejects.toThrow('away')
  const both = await Promise.all([opener.open(place, Buffer.from('a')), opener.open(place, Buffer.from('a'))])
  expect(both).toEqual(['plain a', 'plain a'])
  await opener.open(place, Buffer.from('b'))
  await opener.open({ ...place, id: 'trg_2/secret' }, Buffer.from('a'))
  expect(asked).toHaveLength(4)
  now = 60_001
  await opener.open(place, Buffer.from('a'))
  expect(asked).toHaveLength(5)
})
