import { describe, expect, it } from 'vitest'
import { writtenForms } from './written-forms.js'

const SECRET = 'test key+"x"/=?>'

describe('the forms of a secret', () => {
  const clean = (text: string): string =>
    writtenForms(SECRET, 6).reduce((kept, form) => kept.replaceAll(form, '*'), text)

  it.each([
    ['plain', SECRET],
    ['an address', `https://api.example.com/?key=${encodeURIComponent(SECRET)}`],
    ['a form', new URLSearchParams({ key: SECRET }).toString()],
    ['JSON', JSON.stringify({ key: SECRET })],
    ['JSON within JSON', JSON.stringify({ body: JSON.stringify({ key: SECRET }) })],
    ['hexadecimal', Buffer.from(SECRET).toString('hex')],
    ['capital hexadecimal', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['Base64', Buffer.from(SECRET).toString('base64')],
  ])('cover %s', (_name, text) => {
    expect(clean(text)).toContain('*')
    expect(clean(text)).not.toContain('key+')
  })

  it.each([0, 1, 2, 3])('cover Base64 with %i bytes before it, and more behind', (before) => {
    const text = `${'u'.repeat(before)}${SECRET} and more`
    for (const encoding of ['base64', 'base64url'] as const) {
      const left = clean(Buffer.from(text).toString(encoding))
      expect(left).toContain('*')
      expect(Buffer.from(left.replace('*', ''), encoding).toString()).not.toContain('key')
    }
  })

  it('leave out what is too short to be told from words, and take half a character as it is', () => {
    expect(writtenForms('ab', 6)).toEqual([])
    expect(writtenForms('secret\ud800', 6)).toContain('secret\ud800')
  })
})
