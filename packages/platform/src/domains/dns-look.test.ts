import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDnsLook, type DnsLook } from './dns-look.js'
import { type DnsServer, startDnsServer } from './testing/dns-server.js'

describe('a look at the records of a domain', () => {
  let dns: DnsServer
  let look: DnsLook

  beforeAll(async () => {
    dns = await startDnsServer()
    look = createDnsLook([dns.address])
    dns.zones.set('plane.example', { a: ['192.0.2.1', '192.0.2.2'] })
  })

  afterAll(() => dns.close())

  const sought = (name: string) => ({ name, target: 'plane.example', proofName: `_p.${name}`, token: 'right' })

  it('finds both as they should be, a long text in pieces too', async () => {
    dns.zones.set('a.acme.test', { cname: 'Plane.example' })
    dns.zones.set('_p.a.acme.test', { txt: ['v=spf1 -all', ' right '] })
    const fine = { state: 'ok', values: [] }
    expect(await look.records(sought('a.acme.test'))).toEqual({ route: fine, proof: fine })
    const token = 'x'.repeat(300)
    dns.zones.set('_p.long.acme.test', { txt: [token] })
    expect(await look.proof({ proofName: '_p.long.acme.test', token })).toEqual(fine)
  })

  it('takes addresses of the target for an alias, and no others beside them', async () => {
    dns.zones.set('flat.acme.test', { a: ['192.0.2.2'] })
    dns.zones.set('mixed.acme.test', { a: ['192.0.2.2', '192.0.2.9'] })
    expect((await look.records(sought('flat.acme.test'))).route.state).toBe('ok')
    expect((await look.records(sought('mixed.acme.test'))).route).toEqual({
      state: 'wrong',
      values: ['192.0.2.2', '192.0.2.9'],
    })
  })

  it('says what is missing, what is wrong, and what nobody has answered', async () => {
    dns.zones.set('b.acme.test', { cname: 'elsewhere.example' })
    dns.zones.set('_p.b.acme.test', { txt: ['old'] })
    dns.zones.set('c.acme.test', { fails: true })
    expect(await look.records(sought('b.acme.test'))).toEqual({
      route: { state: 'wrong', values: ['elsewhere.example'] },
      proof: { state: 'wrong', values: ['old'] },
    })
    expect(await look.records(sought('c.acme.test'))).toEqual({
      route: { state: 'unreachable', values: [] },
      proof: { state: 'missing', values: [] },
    })
  })
})
