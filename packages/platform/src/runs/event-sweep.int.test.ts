import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../telemetry/index.js'
import { startEventSweep } from './event-sweep.js'
import { createLeader } from './leader.js'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const DAY_MS = 86_400_000

describe.skipIf(serverUrl === undefined)('the sweep of events', () => {
  let platform: TestPlatform

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
  })

  afterAll(() => platform?.close())

  it('removes, as the engine’s role, what is older than it is kept, unless it was not delivered yet', async () => {
    const { admin, database } = platform.test
    const { tenantId, customerId } = await platform.addTenant()
    await admin`
      INSERT INTO inlay.events (tenant_id, event_id, customer_id, name, payload, received_at, delivered_at)
      SELECT ${tenantId}, e.id, ${customerId}, 'order.paid', '{}', now() - e.age, e.delivered
      FROM (VALUES ('old', interval '8 days', now()), ('new', interval '6 days', now()),
        ('undelivered', interval '8 days', NULL)) AS e (id, age, delivered)`
    const leader = createLeader(database.engine)
    const sweep = startEventSweep({
      ...{ engine: database.engine, leader, keptMs: 7 * DAY_MS, pauseMs: 5 },
      log: createLogger({ level: 'silent', service: 'test' }),
    })
    const left = async () => (await admin`SELECT event_id FROM inlay.events ORDER BY 1`).map((row) => row['event_id'])
    await expect.poll(left).toEqual(['new', 'undelivered'])
    await sweep.stop()
    await leader.resign()
  })
})
