import { newId, type TenantId } from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuditLog } from '../audit/index.js'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { createLogger } from '../telemetry/index.js'
import { type Addresses, openAddresses } from './addresses.js'
import { createDnsLook } from './dns-look.js'
import { createDomainsService, type DomainsService } from './service.js'
import { DomainStore } from './store.js'
import { type DnsServer, startDnsServer } from './testing/dns-server.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const NAME = 'automations.acme.test'
const PROOF = `_domain-challenge.${NAME}`

describe.skipIf(serverUrl === undefined)("tenants' domains", () => {
  let test: TestDatabase
  let dns: DnsServer
  let addresses: Addresses
  let domains: DomainsService
  let acme: { tenantId: TenantId }
  let bold: { tenantId: TenantId }

  const addTenant = async () => {
    const tenantId = newId<TenantId>('ten', Date.now())
    await test.admin`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, 'Tenant', ${tenantId})`
    return { tenantId }
  }
  /** Sets both records as the domain asks for them. */
  const pointHere = (token: string) => {
    dns.zones.set(NAME, { cname: 'plane.example' })
    dns.zones.set(PROOF, { txt: [token] })
  }
  const tokenOf = ({ records }: { readonly records: readonly { readonly value: string }[] }) => records[1]?.value ?? ''
  /** As when a day has gone by. */
  const nextDay = async () => {
    await test.admin`UPDATE inlay.tenant_domains SET next_check_at = now() - interval '1 second'`
    await domains.checkDue(100)
  }
  const verified = async (scope: { tenantId: TenantId }) => {
    const { id, ...claim } = await domains.add(scope, NAME)
    pointHere(tokenOf(claim))
    return domains.verify(scope, id)
  }

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    dns = await startDnsServer()
    const store = new DomainStore(test.database)
    const log = createLogger({ level: 'silent', service: 'test' })
    addresses = await openAddresses({ store, log, baseUrl: 'https://plane.example', operatorHosts: [] })
    domains = createDomainsService({
      ...{ store, addresses, target: 'plane.example', challengeLabel: '_domain-challenge' },
      ...{ audit: createAuditLog(test.database), look: createDnsLook([dns.address]) },
      operatorHosts: ['plane.example'],
      announce: () => addresses.refresh(),
    })
    acme = await addTenant()
    bold = await addTenant()
  })

  beforeEach(async () => {
    await test.admin`DELETE FROM inlay.tenant_domains`
    await addresses.refresh()
    dns.zones.clear()
  })

  afterAll(async () => {
    await addresses.close()
    await dns.close()
    await test.drop()
  })

  it('says which records it needs, what was found of them, and is in use when both are there', async () => {
    const claim = await domains.add(acme, 'Automations.Acme.test.')
    expect(claim).toMatchObject({
      ...{ name: NAME, status: 'pending', isPrimary: false, origin: `https://${NAME}` },
      records: [
        { type: 'CNAME', name: NAME, value: 'plane.example', state: 'unchecked' },
        { type: 'TXT', name: PROOF, state: 'unchecked' },
      ],
    })
    dns.zones.set(NAME, { cname: 'elsewhere.example' })
    expect(await domains.verify(acme, claim.id)).toMatchObject({
      status: 'pending',
      records: [{ state: 'wrong', found: ['elsewhere.example'] }, { state: 'missing' }],
    })
    expect([addresses.ownerOf(NAME).kind, addresses.baseOf(acme.tenantId)]).toEqual([
      'unknown',
      'https://plane.example',
    ])
    pointHere(tokenOf(claim))
    expect(await domains.verify(acme, claim.id)).toMatchObject({ status: 'verified', isPrimary: true })
    expect(addresses.ownerOf(`${NAME}:443`)).toMatchObject({ kind: 'tenant', domain: { tenantId: acme.tenantId } })
    expect([acme, bold].map(({ tenantId }) => addresses.baseOf(tenantId))).toEqual([
      `https://${NAME}`,
      'https://plane.example',
    ])
    const actions = await test.admin`SELECT action FROM inlay.audit_log WHERE tenant_id = ${acme.tenantId} ORDER BY id`
    expect(actions.map(({ action }) => action)).toEqual(['domain.added', 'domain.verified'])
  })

  it('stops at once when it is removed, and is nobody else’s to see', async () => {
    const { id } = await verified(acme)
    await expect(domains.get(bold, id)).rejects.toMatchObject({ code: 'domain.not_found' })
    await expect(domains.verify(bold, id)).rejects.toMatchObject({ code: 'domain.not_found' })
    await expect(domains.remove(bold, id)).rejects.toMatchObject({ code: 'domain.not_found' })
    expect([await domains.list(bold), addresses.ownerOf(NAME).kind]).toEqual([[], 'tenant'])
    await domains.remove(acme, id)
    expect(addresses.ownerOf(NAME).kind).toBe('unknown')
  })

  it("a claim of somebody else's name neither takes it nor keeps it from its owner", async () => {
    const squatters = await domains.add(bold, NAME)
    expect((await domains.verify(bold, squatters.id)).status).toBe('pending')
    const { id } = await verified(acme)
    // Leading here is not enough: the proof is the owner's.
    expect((await domains.verify(bold, squatters.id)).status).toBe('pending')
    expect((await domains.get(acme, id)).status).toBe('verified')
  })

  it('goes to who can prove it now, and stays as long as its holder can', async () => {
    const { id, ...held } = await verified(acme)
    const next = await domains.add(bold, NAME)
    dns.zones.set(PROOF, { txt: [tokenOf(held), tokenOf(next)] })
    await expect(domains.verify(bold, next.id)).rejects.toMatchObject({ code: 'domain.taken' })
    dns.zones.set(PROOF, { txt: [tokenOf(next)] })
    expect((await domains.verify(bold, next.id)).status).toBe('verified')
    expect((await domains.get(acme, id)).status).toBe('pending')
    expect(addresses.ownerOf(NAME)).toMatchObject({ domain: { tenantId: bold.tenantId } })
  })

  it('is one tenant’s when two verify at the same time', async () => {
    const [a, b] = [await domains.add(acme, NAME), await domains.add(bold, NAME)]
    dns.zones.set(NAME, { cname: 'plane.example' })
    dns.zones.set(PROOF, { txt: [tokenOf(a), tokenOf(b)] })
    const both = await Promise.allSettled([domains.verify(acme, a.id), domains.verify(bold, b.id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await test.admin`SELECT 1 FROM inlay.tenant_domains WHERE status = 'verified'`).length).toBe(1)
  })

  it('is looked at daily: it fails, comes back, and is out of use after three days', async () => {
    const { id, ...claim } = await verified(acme)
    const status = async () => (await domains.get(acme, id)).status
    dns.zones.set(NAME, { cname: 'elsewhere.example' })
    await nextDay()
    // Still in use, and pressing the button does not bring the end nearer.
    for (let press = 0; press < 5; press++) await domains.verify(acme, id)
    await nextDay()
    expect([await status(), addresses.ownerOf(NAME).kind]).toEqual(['failing', 'tenant'])
    pointHere(tokenOf(claim))
    await nextDay()
    expect(await status()).toBe('verified')
    dns.zones.clear()
    await nextDay()
    await nextDay()
    expect(await status()).toBe('failing')
    await nextDay()
    expect([await status(), addresses.ownerOf(NAME).kind]).toEqual(['pending', 'unknown'])
  })

  it('is not lost because name servers do not answer', async () => {
    const { id } = await verified(acme)
    dns.zones.set(NAME, { fails: true })
    dns.zones.set(PROOF, { fails: true })
    for (let day = 0; day < 4; day++) await nextDay()
    expect((await domains.get(acme, id)).status).toBe('failing')
  })

  it('is refused when it is no name of theirs, there before, or one too many', async () => {
    await expect(domains.add(acme, 'api.plane.example')).rejects.toMatchObject({ code: 'domain.invalid' })
    await domains.add(acme, NAME)
    await expect(domains.add(acme, NAME.toUpperCase())).rejects.toMatchObject({ code: 'domain.exists' })
    for (let n = 1; n < 10; n++) await domains.add(acme, `n${n}.acme.test`)
    await expect(domains.add(acme, 'more.acme.test')).rejects.toMatchObject({ code: 'domain.too_many' })
  })
})
