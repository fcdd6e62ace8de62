import { describe, expect, it } from 'vitest'
import type { ActionContext } from '../contracts/connector.js'
import { isInlayError } from '../contracts/errors.js'
import type { RunId } from '../contracts/ids.js'
import { createVirtualClock } from '../memory/index.js'
import { call, createHarness, SCOPE } from '../testing/harness.js'
import { createMemoryGovernor } from './memory-governor.js'

/** Calls the service; there is none in tests, which a call that is let through finds out. */
async function callService({ http }: ActionContext): Promise<string> {
  try {
    await http.request({ url: 'https://api.example.com/orders' })
  } catch (error) {
    if (isInlayError(error)) throw error
  }
  return 'called'
}

describe('an action whose service is held back', () => {
  it('waits without a worker until it may be called, and then goes on', async () => {
    const clock = createVirtualClock()
    const governor = createMemoryGovernor({ clock })
    const service = { ...SCOPE, connectorId: 'test', host: 'api.example.com' }
    for (let n = 0; n < 10; n++) (await governor.before(service)).end({ kind: 'failed' })
    const steps = [call('order', {}, { retry: { maxAttempts: 2, initialInterval: '1s' } })]
    const h = createHarness(steps, { clock, governor, behaviour: callService })
    const held = await h.run()
    expect(held.status).toBe('waiting')
    expect(held.steps[0]).toMatchObject({ status: 'retrying', error: { kind: 'rate_limited', retryAfterMs: 10_000 } })
    await h.clock.advance(11_000)
    expect(await h.read(held.runId as RunId)).toMatchObject({ status: 'succeeded', output: 'called' })
  })

  it('fails and says why when it has no retry policy', async () => {
    const clock = createVirtualClock()
    const governor = createMemoryGovernor({ clock, ratesOf: () => [{ per: 'host', limit: 1, periodMs: 60_000 }] })
    const h = createHarness([call('order')], { clock, governor, behaviour: callService })
    expect((await h.run()).status).toBe('succeeded')
    expect(await h.run()).toMatchObject({
      status: 'failed',
      error: { kind: 'rate_limited', title: 'Calls to api.example.com are held back, since there are too many' },
    })
  })
})
