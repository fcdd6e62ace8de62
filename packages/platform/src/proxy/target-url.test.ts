import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { targetUrl } from './target-url.js'

const BASE = new URL('https://api.example.com/v2')
const target = (path: string, query = ''): string => targetUrl(BASE, { path, query }).href

describe('the address of a proxied request', () => {
  it.each([
    ['', '', 'https://api.example.com/v2'],
    ['/', '', 'https://api.example.com/v2/'],
    ['/orders/1', '?a=1&b=x%20y', 'https://api.example.com/v2/orders/1?a=1&b=x%20y'],
    ['/projects/group%2Fname', '', 'https://api.example.com/v2/projects/group%2Fname'],
    ['/files/a..b/...', '', 'https://api.example.com/v2/files/a..b/...'],
    ['/100%25', '', 'https://api.example.com/v2/100%25'],
    ['/grüße', '?q=ü', 'https://api.example.com/v2/gr%C3%BC%C3%9Fe?q=%C3%BC'],
    ['/a@evil.example:1/b', '', 'https://api.example.com/v2/a@evil.example:1/b'],
    ['/a', '?next=//evil.example/../..', 'https://api.example.com/v2/a?next=//evil.example/../..'],
  ])('%s%s is %s', (path, query, url) => {
    expect(target(path, query)).toBe(url)
  })

  it.each([
    '/..',
    '/../admin',
    '/a/../../admin',
    '/./a',
    '/%2e%2e/admin',
    '/%2E./admin',
    '/.%2e%2fadmin',
    '/a%2f..%2f..%2fadmin',
    '/..%2fadmin',
    '/%252e%252e%252fadmin',
    '/%25252e%25252e/admin',
    '/a\\..\\..\\admin',
    '/a%5c..%5cadmin',
    '/..;/admin',
    '/..;x=1/admin',
    '/%2e%2e;/admin',
    '/.. /admin',
    '//evil.example/a',
    '/\\evil.example/a',
    '\\\\evil.example',
    'https://evil.example/a',
    '@evil.example',
    '/a%00',
    '/a%0d%0ax',
    '/a\nb',
    '/a%',
    '/a%zz',
    '/%25/%252e%252e/admin',
    '/%c0%ae%c0%ae/admin',
    '/%25252525252e',
  ])('%j is refused', (path) => {
    expect(() => target(path)).toThrow(expect.objectContaining({ code: 'proxy.path' }))
  })

  it('never leads out of the base, whatever the path is', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '//',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '%25',
      ';',
      'a',
      '@',
      ':',
      '?',
      '#',
      '\t',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
        try {
          const url = targetUrl(BASE, { path: `/${pieces.join('')}`.replace(/[?#].*$/s, ''), query: '' })
          expect(url.origin).toBe(BASE.origin)
          expect(`${url.pathname}/`.startsWith('/v2/')).toBe(true)
          expect(decodeURIComponent(url.pathname).split(/[/\\]/)).not.toContain('..')
        } catch (error) {
          expect(error).toMatchObject({ code: 'proxy.path' })
        }
      }),
      { numRuns: 2000 },
    )
  })
})
