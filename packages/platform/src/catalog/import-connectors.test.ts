import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importConnectors } from './import-connectors.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-connectors-'))
  writeFileSync(join(folder, 'acme.mjs'), "export const connector = { id: 'acme', version: '1.2.0', actions: {} }")
  writeFileSync(join(folder, 'nothing.mjs'), 'export const something = 1')
  writeFileSync(join(folder, 'broken.mjs'), "throw new Error('It is Monday.')")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('connectors that an operator adds', () => {
  it('are found from the folder of the process, by path and by address', async () => {
    const entries = await importConnectors(['./acme.mjs', `file://${folder}/acme.mjs`], folder)
    expect(entries).toMatchObject([
      { id: 'acme', version: '1.2.0' },
      { id: 'acme', version: '1.2.0' },
    ])
    expect(await entries[0]?.load()).toMatchObject({ connector: { id: 'acme' } })
  })

  it.each([
    ['./nothing.mjs', 'exports no'],
    ['./broken.mjs', 'It is Monday.'],
    ['./missing.mjs', 'missing.mjs'],
    ['@nobody/has-this', 'no such package'],
  ])('say what is wrong with %s', async (specifier, detail) => {
    await expect(importConnectors([specifier], folder)).rejects.toMatchObject({
      code: 'connector.not_loaded',
      message: expect.stringContaining(specifier),
      detail: expect.stringContaining(detail),
    })
  })
})
