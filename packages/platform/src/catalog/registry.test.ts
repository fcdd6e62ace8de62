import type { Connector } from '@inlay/engine'
import { describe, expect, it, vi } from 'vitest'
import { type ConnectorEntry, createConnectorRegistry } from './registry.js'

const connector = (id: string, version: string): Connector => ({
  id,
  version,
  name: id,
  description: id,
  categories: [],
  auth: [],
  connection: 'none',
  actions: {},
  triggers: {},
})

function entry(id: string, version: string, load?: ConnectorEntry['load']): ConnectorEntry {
  return { id, version, load: load ?? (async () => ({ connector: connector(id, version) })) }
}

describe('a registry', () => {
  it('loads a connector when it is first asked for, and then keeps it', async () => {
    const loads: string[] = []
    const counted = (id: string): ConnectorEntry =>
      entry(id, '1.0.0', async () => {
        loads.push(id)
        return { connector: connector(id, '1.0.0') }
      })
    const registry = createConnectorRegistry([counted('a'), counted('b')])
    expect([registry.list().length, loads]).toEqual([2, []])
    const [first, second] = await Promise.all([registry.load('a'), registry.load('a', '1.0.0')])
    expect(first).toBe(second)
    expect(loads).toEqual(['a'])
  })

  it('keeps versions side by side, and gives the newest release to who names none', async () => {
    const versions = ['1.9.0', '1.10.0', '2.0.0-rc.1']
    const registry = createConnectorRegistry(versions.map((version) => entry('acme', version)))
    expect((await registry.load('acme'))?.version).toBe('1.10.0')
    expect((await registry.load('acme', '1.9.0'))?.version).toBe('1.9.0')
    expect((await registry.load('acme', '2.0.0-rc.1'))?.version).toBe('2.0.0-rc.1')
    expect(await registry.load('acme', '3.0.0')).toBeUndefined()
    expect(await registry.load('constructor')).toBeUndefined()
    expect(registry.list().map(({ version }) => version)).toEqual(['2.0.0-rc.1', '1.10.0', '1.9.0'])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['throws', () => Promise.reject(new SyntaxError('Unexpected token'))],
    ['throws a text', () => Promise.reject('no')],
    ['exports nothing', async () => ({})],
    ['exports something else', async () => ({ connector: 'acme' })],
    ['is another connector', async () => ({ connector: connector('other', '1.0.0') })],
    ['is another version', async () => ({ connector: connector('acme', '1.0.1') })],
  ])('names a connector whose package %s, and gives the others', async (_, load) => {
    const registry = createConnectorRegistry([entry('acme', '1.0.0', load), entry('good', '1.0.0')])
    await expect(registry.load('acme')).rejects.toMatchObject({
      code: 'step.bug',
      message: 'The connector acme 1.0.0 cannot be loaded',
    })
    expect((await registry.load('good'))?.id).toBe('good')
  })

  it('gives up a connector whose package never finishes loading', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const registry = createConnectorRegistry([entry('acme', '1.0.0', () => new Promise(() => undefined))])
      const refused = expect(registry.load('acme')).rejects.toMatchObject({ code: 'step.bug' })
      await vi.advanceTimersByTimeAsync(30_000)
      await refused
    } finally {
      vi.useRealTimers()
    }
  })

  it('tries again after an import that failed', async () => {
    let attempts = 0
    const registry = createConnectorRegistry([
      entry('acme', '1.0.0', async () => {
        attempts++
        if (attempts === 1) throw new Error('EMFILE')
        return { connector: connector('acme', '1.0.0') }
      }),
    ])
    await expect(registry.load('acme')).rejects.toThrow()
    expect((await registry.load('acme'))?.id).toBe('acme')
  })
})
