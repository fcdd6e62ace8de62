import type { CustomerId, JsonObject, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { createLogger } from '../telemetry/index.js'
import { fireDueSchedules, type SchedulerDeps } from './scheduler.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('the scheduler', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }
  let deps: SchedulerDeps

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    scope = await platform.addTenant()
    const log = createLogger({ level: 'silent', service: 'test' })
    deps = { sql: platform.test.database.engine, engine: platform.engine, log }
  })

  afterAll(() => platform?.close())

  async function publish(trigger: JsonObject): Promise<string> {
    const definition = {
      schema: 'inlay/workflow@1',
      name: 'Clock',
      trigger: { type: 'schedule', ...trigger },
      steps: [],
    }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Clock', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  async function dueSince(workflowId: string, instant: string): Promise<void> {
    await platform.test.admin`UPDATE inlay.schedules SET next_fire_at = ${instant} WHERE workflow_id = ${workflowId}`
  }

  async function nextOf(workflowId: string): Promise<string | null> {
    return (await platform.workflows.get(scope, workflowId)).trigger.nextFireAt
  }

  async function triggersOf(workflowId: string): Promise<unknown[]> {
    const { data } = await platform.runs.list(scope, { workflowId, limit: 100 })
    return Promise.all(data.map(async ({ id }) => (await platform.runs.get(scope, id)).trigger))
  }

  it('fires each time once, though two processes fire', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => publish({ cron: '*/5 * * * *' })))
    for (const id of ids) await dueSince(id, '2026-01-05T08:00:00Z')
    await Promise.all([fireDueSchedules(deps), fireDueSchedules(deps), fireDueSchedules(deps)])
    await fireDueSchedules(deps)
    for (const id of ids) expect(await triggersOf(id)).toEqual([{ scheduledAt: '2026-01-05T08:00:00.000Z' }])
  })

  it('does not fire again when it dies between the run and moving on', async () => {
    const id = await publish({ cron: '*/5 * * * *' })
    await dueSince(id, '2026-01-05T08:00:00Z')
    await fireDueSchedules(deps)
    await dueSince(id, '2026-01-05T08:00:00Z')
    await fireDueSchedules(deps)
    expect(await triggersOf(id)).toHaveLength(1)
    expect(new Date((await nextOf(id)) ?? 0).getTime()).toBeGreaterThan(Date.now())
  })

  it('fires once for all that a down-time missed, and goes on with the next time to come', async () => {
    const cron = await publish({ cron: '0 * * * *', timeZone: 'Asia/Kathmandu' })
    const interval = await publish({ every: '90s' })
    await dueSince(cron, '2026-01-05T08:15:00Z')
    await dueSince(interval, '2026-01-05T08:00:00Z')
    await fireDueSchedules(deps)
    await fireDueSchedules(deps)
    expect(await triggersOf(cron)).toEqual([{ scheduledAt: '2026-01-05T08:15:00.000Z' }])
    expect(await triggersOf(interval)).toEqual([{ scheduledAt: '2026-01-05T08:00:00.000Z' }])
    // Kathmandu is three quarters of an hour off the hours of others.
    expect(await nextOf(cron)).toMatch(/:15:00\.000Z$/)
    const gap = new Date((await nextOf(interval)) ?? 0).getTime() - Date.parse('2026-01-05T08:00:00Z')
    expect(gap % 90_000).toBe(0)
  })

  it('does not make up for the time during which a schedule was switched off', async () => {
    const id = await publish({ cron: '0 9 * * *', timeZone: 'Europe/Berlin' })
    await platform.workflows.update(scope, id, { enabled: false })
    expect(await nextOf(id)).toBeNull()
    await dueSince(id, '2026-01-05T08:00:00Z')
    await fireDueSchedules(deps)
    await platform.workflows.update(scope, id, { enabled: true })
    await fireDueSchedules(deps)
    expect(await triggersOf(id)).toEqual([])
    expect(new Date((await nextOf(id)) ?? 0).getTime()).toBeGreaterThan(Date.now())
  })

  it('forgets the schedule of a workflow that gets another trigger, and its webhook when that changes', async () => {
    const id = await publish({ every: '1m' })
    const { draft } = await platform.workflows.get(scope, id)
    const definition = { ...(draft.definition as JsonObject), trigger: { type: 'webhook' } }
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: draft.revision })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const asWebhook = await platform.workflows.get(scope, id)
    expect(asWebhook.trigger).toMatchObject({ webhookUrl: expect.stringContaining('/hooks/'), nextFireAt: null })
    const manual = { ...definition, trigger: { type: 'manual' } }
    await platform.workflows.saveDraft(scope, id, { definition: manual, baseRevision: asWebhook.draft.revision })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    await platform.workflows.update(scope, id, { enabled: false })
    await platform.workflows.update(scope, id, { enabled: true })
    const token = asWebhook.trigger.webhookUrl?.split('/').at(-1) ?? ''
    expect(await platform.targets.find(token)).toBeUndefined()
  })

  it.each([
    ['0 9 * *', 'a cron expression has five'],
    ['0 25 * * *', '"25" is no hour'],
    ['* * * * * *', 'a cron expression has five'],
    ['0 0 31 2 *', 'never comes'],
  ])('refuses to publish the schedule "%s"', async (cron, message) => {
    const definition = { schema: 'inlay/workflow@1', name: 'Bad', trigger: { type: 'schedule', cron }, steps: [] }
    const issues = await platform.workflows.validate(scope, definition)
    expect(issues).toEqual([expect.objectContaining({ pointer: '/trigger/cron' })])
    expect(issues[0]?.message).toContain(message)
  })
})
