import { describe, expect, it } from 'vitest'
import { fileAsData, filePlaces, freePlace, putAt, storedFiles } from './test-files.js'

const FILE = { type: 'object', format: 'file', properties: { $file: { type: 'string' } } }
const STORED = { $file: 'file_1', name: 'a.pdf', contentType: 'application/pdf', size: 3 }

describe('files in the data of a test', () => {
  it('go where the schema has one, also within objects', () => {
    const schema = {
      type: 'object',
      properties: {
        subject: { type: 'string' },
        attachment: { ...FILE, title: 'Attachment' },
        order: { type: 'object', properties: { invoice: FILE } },
      },
    }
    expect(filePlaces(schema)).toEqual([
      { path: ['attachment'], title: 'Attachment' },
      { path: ['order', 'invoice'], title: 'Invoice' },
    ])
  })

  it('go beside the rest where no schema says anything, and nowhere in a schedule', () => {
    expect(freePlace({ type: 'webhook' })?.path).toEqual(['body', 'file'])
    expect(freePlace({ type: 'schedule', every: '5m' })).toBeUndefined()
    const data = { method: 'POST', body: { id: 7 } }
    expect(putAt(data, ['body', 'file'], STORED)).toEqual({ method: 'POST', body: { id: 7, file: STORED } })
    expect(putAt('text', ['file'], 1)).toEqual({ file: 1 })
  })

  it('are found in what earlier runs gave, each once', () => {
    expect(storedFiles({ trigger: { a: STORED }, steps: { b: [STORED, { $file: 'x' }] } })).toEqual([STORED])
  })

  it('are text when they are of the person’s own', async () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256)
    const data = await fileAsData(new File([bytes], 'b.bin'))
    expect(data).toMatchObject({ name: 'b.bin', contentType: 'application/octet-stream', size: 20_000 })
    const [head, body = ''] = String(data['content']).split(',')
    expect(head).toBe('data:application/octet-stream;base64')
    expect(Buffer.from(body, 'base64').equals(Buffer.from(bytes))).toBe(true)
  })
})
