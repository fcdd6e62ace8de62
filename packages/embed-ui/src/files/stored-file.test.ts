import { describe, expect, it } from 'vitest'
import { formatFileSize } from './file-size.js'
import { isStoredFile, storedFiles } from './stored-file.js'

const STORED = { $file: 'file_1', name: 'a.pdf', contentType: 'application/pdf', size: 3 }

describe('stored files', () => {
  it('are found in what earlier runs gave, each once', () => {
    expect(storedFiles({ trigger: { a: STORED }, steps: { b: [STORED, { $file: 'x' }] } })).toEqual([STORED])
    expect([STORED, [STORED], { $file: 'x' }, null, undefined].map(isStoredFile)).toEqual([
      true,
      ...[false, false, false, false],
    ])
  })

  it.each([
    [900, 'en', '900 byte'],
    [1_001, 'en', '2 kB'],
    [26_214_400, 'en', '26.2 MB'],
    [1_843_200, 'de', '1,8 MB'],
    [1_843_200, 'fr', '1,8 Mo'],
  ])('of %i bytes have a size that people of "%s" read as %s', (bytes, locale, size) => {
    expect(formatFileSize(bytes, locale).replaceAll(/\s/g, ' ')).toBe(size)
  })
})
