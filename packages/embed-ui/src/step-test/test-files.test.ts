import { describe, expect, it } from 'vitest'
import { filePlaces, freePlace, putAt } from './test-files.js'

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
})
