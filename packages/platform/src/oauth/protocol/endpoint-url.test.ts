import { isInlayError } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { fillEndpoint } from './endpoint-url.js'

const SHOP = 'https://{shop}.myshopify.com/admin/oauth/authorize'

function codeOf(template: string, fields: Record<string, string>): string {
  try {
    return `filled: ${fillEndpoint(template, fields).href}`
  } catch (error) {
    return isInlayError(error) ? error.code : String(error)
  }
}

describe('addresses of authorization servers', () => {
  it('hold the values of the connection form', () => {
    expect(fillEndpoint(SHOP, { shop: 'acme-store' }).href).toBe(
      'https://acme-store.myshopify.com/admin/oauth/authorize',
    )
    expect(
      fillEndpoint('https://login.example.com/{tenant}/token?org={org}', { tenant: 'a/b c', org: 'x&y=z' }).href,
    ).toBe('https://login.example.com/a%2Fb%20c/token?org=x%26y%3Dz')
    expect(fillEndpoint('https://eu-{region}.login.example.com:8443/token', { region: '1' }).href).toBe(
      'https://eu-1.login.example.com:8443/token',
    )
  })

  it.each([
    'evil.com/',
    'evil.com#',
    'evil.com?',
    'evil.com\\',
    'a.evil.com',
    'evil.com:443/',
    'user@evil.com',
    'evil.com%2f',
    'a\nb',
    'ａ',
    '127.0.0.1',
    '-a',
    'a-',
    '',
    ' ',
    '..',
    'x'.repeat(64),
  ])('never lead to a host that the value %j chooses', (shop) => {
    expect(codeOf(SHOP, { shop })).toBe('step.validation')
  })

  it('never leave their path', () => {
    expect(codeOf('https://login.example.com/{tenant}/token', { tenant: '..' })).toBe('step.validation')
    expect(codeOf('https://login.example.com/{tenant}/token', { tenant: '../../x' })).toBe(
      'filled: https://login.example.com/..%2F..%2Fx/token',
    )
    expect(codeOf('https://login.example.com/{tenant}', { tenant: '\ud800' })).toBe('step.validation')
    expect(codeOf('https://login.example.com/{constructor}', {})).toBe('step.validation')
  })

  it.each([
    'https://{host}/oauth/token',
    'https://{name}.com/token',
    'https://{host}:8443/token',
    'https://login.{domain}.com/token',
    '{url}',
    'http://login.example.com/token',
    'ftp://login.example.com/token',
    'https://{user}@login.example.com/token',
    'https://login.example.com/token#{part}',
    'https://login.example.com:{port}/token',
  ])('are refused when the connector leaves too much to the value: %s', (template) => {
    const fields = {
      host: 'evil.com',
      name: 'evil',
      domain: 'evil',
      url: 'https://evil.com',
      user: 'u',
      part: 'p',
      port: '1',
    }
    expect(codeOf(template, fields)).toBe('bug')
  })
})
