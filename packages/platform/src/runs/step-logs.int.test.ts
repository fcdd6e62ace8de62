import type { CustomerId, RunId, StepLogEntry, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../telemetry/index.js'
import { createStepLogKeeper } from './step-logs.js'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const ADDRESS = { stepPath: 'a', iteration: '0' }
const LINK = `https://plane.test/approvals/${'a'.repeat(43)}`

describe.skipIf(serverUrl === undefined)('what steps log', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }
  let runId: RunId

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    scope = await platform.addTenant()
    const definition = { schema: 'inlay/workflow@1', name: 'Orders', trigger: { type: 'manual' }, steps: [] }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Orders', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const run = await platform.runs.start(scope, { workflowId: id, input: {}, waitSeconds: 0, callerId: 'test' })
    runId = run.id as RunId
  })

  afterAll(() => platform?.close())

  function keeper() {
    return createStepLogKeeper({
      engine: platform.test.database.engine,
      log: createLogger({ level: 'silent', service: 'test' }),
    })
  }

  const line = (message: string, more: Partial<StepLogEntry> = {}): StepLogEntry => ({
    ...{ ...scope, ...ADDRESS, runId, attempt: 1, level: 'info', message },
    ...more,
  })

  it('is read with its step, in order and by attempt, without links that are a right to decide', async () => {
    const logs = keeper()
    logs.keep(line('asking', { data: { link: LINK } }))
    logs.keep(line(`see ${LINK}`, { level: 'warn', attempt: 2 }))
    logs.keep(line('elsewhere', { stepPath: 'b' }))
    await logs.close()
    const lines = await platform.runs.stepLogs(scope, runId, ADDRESS)
    expect(lines).toMatchObject([
      { attempt: 1, level: 'info', message: 'asking', data: { link: 'https://plane.test/approvals/…' } },
      { attempt: 2, level: 'warn', message: 'see https://plane.test/approvals/…', data: null },
    ])
    expect(Math.abs(Date.parse(lines[0]?.at ?? '') - Date.now())).toBeLessThan(3_600_000)
  })

  it('is nobody else’s', async () => {
    const stranger = await platform.addTenant()
    const neighbour = { ...scope, customerId: await platform.addCustomer(scope.tenantId) }
    for (const other of [stranger, neighbour]) {
      await expect(platform.runs.stepLogs(other, runId, ADDRESS)).rejects.toMatchObject({ code: 'run.not_found' })
    }
  })

  it('of a run that is not there is dropped, and takes nothing else down', async () => {
    const logs = keeper()
    logs.keep(line('lost', { runId: 'run_none' as RunId }))
    logs.keep(line('kept', { stepPath: 'c' }))
    await logs.close()
    expect(await platform.runs.stepLogs(scope, runId, { stepPath: 'c', iteration: '0' })).toHaveLength(1)
  })
})
