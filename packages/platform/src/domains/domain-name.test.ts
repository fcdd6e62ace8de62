import { describe, expect, it } from 'vitest'
import { isPrivateHost, parseDomainName } from './domain-name.js'

const OPERATOR = ['plane.example']
const parsed = (text: string) => parseDomainName(text, OPERATOR)

describe('the name of a domain', () => {
  it.each([
    ['automations.acme.com', 'automations.acme.com'],
    ['  Automations.ACME.com. ', 'automations.acme.com'],
    ['abläufe.müller.de', 'xn--ablufe-dua.xn--mller-kva.de'],
    ['XN--Mller-kva.de', 'xn--mller-kva.de'],
    ['acme.com', 'acme.com'],
    ['acme.co.uk', 'acme.co.uk'],
    ['acme.github.io', 'acme.github.io'],
    ['a.b.c.d.acme.test', 'a.b.c.d.acme.test'],
    ['ｆｕｌｌ.acme.com', 'full.acme.com'],
    ['notplane.example', 'notplane.example'],
  ])('takes %s as %s', (typed, name) => {
    expect(parsed(typed)).toEqual({ ok: true, name })
  })

  it.each([
    ['https://acme.com', 'more than a name'],
    ['acme.com/path', 'more than a name'],
    ['acme.com:8080', 'more than a name'],
    ['kim@acme.com', 'more than a name'],
    ['a b.com', 'more than a name'],
    ['a\n.com', 'more than a name'],
    ['acme%2ecom', 'more than a name'],
    ['192.0.2.1', 'IP address'],
    ['0x7f.1', 'IP address'],
    ['2130706433', 'IP address'],
    ['[2001:db8::1]', 'more than a name'],
    ['', 'no valid name'],
    ['.', 'no valid name'],
    ['acme..com', 'no valid name'],
    ['-acme.com', 'no valid name'],
    ['acme-.com', 'no valid name'],
    ['_dmarc.acme.com', 'no valid name'],
    ['*.acme.com', 'no valid name'],
    [`${'a'.repeat(64)}.com`, 'no valid name'],
    [`${'a.'.repeat(120)}com`, 'no valid name'],
    ['acme', 'no name of the public internet'],
    ['localhost', 'no name of the public internet'],
    ['acme.local', 'no name of the public internet'],
    ['db.internal', 'no name of the public internet'],
    ['co.uk', 'Others register'],
    ['github.io', 'Others register'],
    ['plane.example', 'belongs to this deployment'],
    ['acme.plane.example', 'belongs to this deployment'],
  ])('refuses %s', (typed, reason) => {
    expect(parsed(typed)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  })

  it('knows hosts that only the operator can reach', () => {
    const hosts = ['127.0.0.1', '[::1]', 'localhost', 'control-plane', 'db.internal', 'acme.test', 'acme.com']
    expect(hosts.map(isPrivateHost)).toEqual([true, true, true, true, true, false, false])
  })
})
