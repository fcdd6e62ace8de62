import { describe, expect, it } from 'vitest'
import { AddressPolicy } from './address-policy.js'
import { checkedConnector } from './checked-connector.js'
import { DestinationGuard } from './destination-guard.js'
import { OriginPools } from './origin-pools.js'

describe('pools of origins', () => {
  it('are kept while in use and forgotten when others were used more lately', async () => {
    const guard = new DestinationGuard({ policy: new AddressPolicy(), publicPorts: [80] })
    const pools = new OriginPools(checkedConnector(guard, undefined), 2)
    const first = pools.of('http://a.example')
    const second = pools.of('http://b.example')
    expect(pools.of('http://a.example')).toBe(first)
    pools.of('http://c.example')
    expect(pools.of('http://a.example')).toBe(first)
    expect(pools.of('http://b.example')).not.toBe(second)
    expect(second.closed).toBe(true)
    await pools.close()
  })
})
