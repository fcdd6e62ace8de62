import { createTestFiles, describeConnectorContract, runAction } from '@inlay/sdk/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

const run = (action: string, input: object, files = createTestFiles()) => runAction(connector, action, { input, files })

describe('data formats', () => {
  it.each(Object.entries(connector.actions))(
    '%s does what its sample says',
    async (id, { sampleInput, sampleOutput }) => {
      expect(await run(id, sampleInput ?? {})).toEqual(sampleOutput)
    },
  )

  it('reads again what it wrote as CSV, whatever the cells hold', async () => {
    const cell = fc.string().map((text) => text.trim())
    const table = fc.array(fc.record({ a: cell.filter((text) => text !== ''), b: cell }), {
      minLength: 1,
      maxLength: 10,
    })
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const { text } = (await run('writeCsv', { rows, safe: false })) as { text: string }
        expect(await run('readCsv', { text, delimiter: ',' })).toMatchObject({ rows })
      }),
      { numRuns: 50 },
    )
  })

  it('reads CSV as people write it', async () => {
    expect(await run('readCsv', { text: '﻿a;b;b\r\n1;"x; y"\r\n\r\n2;;z\r\n', numbers: true })).toEqual({
      rows: [
        { a: 1, b: 'x; y', b_2: '' },
        { a: 2, b: '', b_2: 'z' },
      ],
      columns: ['a', 'b', 'b_2'],
      count: 2,
    })
    expect(await run('readCsv', { text: '1,2', hasHeader: false })).toMatchObject({
      rows: [{ column1: '1', column2: '2' }],
    })
    await expect(run('readCsv', { text: 'a\n"never closed' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('does not let a text become a formula', async () => {
    const { text } = (await run('writeCsv', { rows: [{ a: '=1+1' }] })) as { text: string }
    expect(text).toBe("a\n'=1+1\n")
  })

  it('reads files and makes files', async () => {
    const files = createTestFiles()
    const { file } = (await run('writeJson', { data: [1], fileName: 'x.json' }, files)) as { file: object }
    expect(file).toMatchObject({ name: 'x.json', contentType: 'application/json', size: 3 })
    expect(await run('parseJson', { file }, files)).toEqual({ data: [1] })
    await expect(run('parseJson', {})).rejects.toMatchObject({
      kind: 'validation',
      message: 'There is nothing to read',
    })
  })

  it('reads JSON line by line, and says in which line it is wrong', async () => {
    expect(await run('parseJson', { text: '{"a":1}\n\n2\n', lines: true })).toEqual({ data: [{ a: 1 }, 2] })
    await expect(run('parseJson', { text: '1\nx', lines: true })).rejects.toMatchObject({
      message: 'The text is not JSON in line 2',
    })
  })

  it('reads XML', async () => {
    const text = '<?xml version="1.0"?><a x="1 &amp; 2"><b>7</b><!-- no --><c><![CDATA[<d>]]></c></a>'
    expect(await run('readXml', { text, numbers: true, lists: ['b'] })).toEqual({
      data: { a: { '@x': '1 & 2', b: [7], c: '<d>' } },
    })
    await expect(run('readXml', { text: '<a><b></a>' })).rejects.toMatchObject({
      kind: 'validation',
      detail: expect.stringContaining('Line 1'),
    })
  })

  it('neither reads other files nor expands entities', async () => {
    const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    const bomb = '<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;&y;&y;</a>'
    for (const text of [outside, bomb]) {
      const output = await run('readXml', { text }).catch((error: unknown) => ({ refused: String(error) }))
      expect(JSON.stringify(output)).not.toMatch(/aaaaaaaaaa|localhost/)
    }
    expect(await run('readXml', { text: '<a>&lt;&#65;</a>' })).toEqual({ data: { a: '<A' } })
  })

  it('does not write what is no XML', async () => {
    await expect(run('writeXml', { data: { 'a b': 1 } })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('checks data, and shows where it is wrong', async () => {
    const schema = { type: 'object', properties: { lines: { items: { type: 'number' } } } }
    expect(await run('validateJson', { data: { lines: [1, 'x'] }, schema })).toMatchObject({
      isValid: false,
      problems: [{ path: 'lines.1' }],
    })
  })
})

describeConnectorContract(connector, { describe, it, expect })
