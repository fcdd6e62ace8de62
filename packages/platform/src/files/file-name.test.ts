import { describe, expect, it } from 'vitest'
import { fileNameOf, mediaTypeOf } from './file-name.js'

describe('the name of an upload', () => {
  it.each([
    ['Rechnung März.pdf', 'Rechnung März.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\logo.png', 'logo.png'],
    ['a\u0000b\r\nc.txt', 'abc.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['{{ trigger.body.name }}.pdf', '{ trigger.body.name }.pdf'],
    ['  two   words .txt ', 'two words .txt'],
    ['..', 'file'],
    ['folder/', 'file'],
    ['', 'file'],
    ['\ud800.txt', '\ufffd.txt'],
    ['تقرير.pdf', 'تقرير.pdf'],
  ])('%j is kept as %j', (given, kept) => {
    expect(fileNameOf(given)).toBe(kept)
  })

  it('is cut to a length that keeps what it is', () => {
    const long = fileNameOf(`${'ö'.repeat(400)}.tar.gz`)
    expect([...long]).toHaveLength(200)
    expect(long.endsWith('ö.gz')).toBe(true)
    expect(fileNameOf(`.${'a'.repeat(400)}`)).toHaveLength(200)
  })
})

describe('the media type of an upload', () => {
  it('is what was sent, without parameters', () => {
    expect(mediaTypeOf('Text/CSV; charset=utf-8')).toBe('text/csv')
    expect(mediaTypeOf('application/vnd.ms-excel+xml')).toBe('application/vnd.ms-excel+xml')
    expect(mediaTypeOf(undefined)).toBe('application/octet-stream')
  })

  it.each(['multipart/form-data; boundary=x', 'pdf', 'a/b/c', 'text/<script>'])('is not %j', (type) => {
    expect(() => mediaTypeOf(type)).toThrow(expect.objectContaining({ code: 'file.media_type' }))
  })
})
