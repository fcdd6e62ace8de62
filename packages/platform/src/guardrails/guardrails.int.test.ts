import type { CustomerId, JsonObject, JsonValue, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { NO_GUARDRAILS } from './index.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

function definitionOf(steps: JsonValue[], trigger: JsonObject = { type: 'webhook' }): JsonObject {
  return { schema: 'inlay/workflow@1', name: 'Orders', trigger, steps }
}

const SET: JsonObject = { id: 'order', type: 'set', values: { id: '{{ trigger.body.id }}' } }
const CODE: JsonObject = { id: 'sum', type: 'code', source: 'return 1', input: {} }

describe.skipIf(serverUrl === undefined)('guardrails', () => {
  let platform: TestPlatform
  /** The tenant's own people, and a customer's. */
  let vendor: { tenantId: TenantId }
  let customer: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
  })

  beforeEach(async () => {
    customer = await platform.addTenant()
    vendor = { tenantId: customer.tenantId }
  })

  afterAll(() => platform?.close())

  const create = (scope: typeof vendor, definition?: JsonValue) =>
    platform.workflows.create(scope, { customerId: customer.customerId, name: 'Orders', definition })

  it('are the default of the tenant with what is said for one customer over it', async () => {
    const { guardrails } = platform
    expect(await guardrails.getDefault(vendor)).toEqual(NO_GUARDRAILS)
    expect(await guardrails.of(vendor)).toBeNull()
    await guardrails.setDefault(vendor, { maxSteps: 5, allowCode: false })
    await guardrails.setOf(vendor, customer.customerId, { maxSteps: 20 })
    expect(await guardrails.of(customer)).toEqual({ ...NO_GUARDRAILS, maxSteps: 20, allowCode: false })
    expect((await guardrails.setOf(vendor, customer.customerId, {})).effective.maxSteps).toBe(5)
    await expect(guardrails.setOf(vendor, 'cus_none', {})).rejects.toMatchObject({ code: 'customer.not_found' })
  })

  it('stand beside the step of a draft, and keep it from being published, tried out and made', async () => {
    await platform.guardrails.setDefault(vendor, { allowCode: false })
    const { id, draft } = await create(customer)
    const definition = definitionOf([SET, CODE])
    const saved = await platform.workflows.saveDraft(customer, id, { definition, baseRevision: draft.revision })
    expect(saved.issues).toMatchObject([{ pointer: '/steps/1/type', stepId: 'sum' }])
    const refused = { code: 'definition.invalid', data: { issues: saved.issues } }
    await expect(platform.workflows.publish(customer, id, { publishedBy: 'test' })).rejects.toMatchObject(refused)
    await expect(platform.workflows.testRun(customer, id, { input: {} })).rejects.toMatchObject(refused)
    await expect(platform.stepTests.test(customer, id, { stepId: 'sum', definition })).rejects.toMatchObject({
      code: 'definition.invalid',
    })
    await expect(create(customer, definition)).rejects.toMatchObject(refused)
  })

  it('hold for customers, and not for the tenant that makes them; what it has published cannot be switched on again', async () => {
    await platform.guardrails.setDefault(vendor, { allowCode: false, templatesOnly: true, maxWorkflows: 0 })
    const { id } = await create(vendor, definitionOf([CODE]))
    await platform.workflows.publish(vendor, id, { publishedBy: 'vendor' })
    expect((await platform.workflows.update(customer, id, { enabled: false })).enabled).toBe(false)
    await expect(platform.workflows.update(customer, id, { enabled: true })).rejects.toMatchObject({
      code: 'definition.invalid',
    })
    expect((await platform.workflows.update(vendor, id, { enabled: true })).enabled).toBe(true)
  })

  it('count workflows, also of those who make them at the same time', async () => {
    await platform.guardrails.setDefault(vendor, { maxWorkflows: 2 })
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => create(customer)))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(made.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'workflow.limit_reached', data: { limit: 2 } },
    })
  })

  it('let workflows be made of templates only', async () => {
    await platform.guardrails.setDefault(vendor, { templatesOnly: true })
    await expect(create(customer)).rejects.toMatchObject({ code: 'workflow.templates_only' })
    const made = await platform.workflows.create(customer, {
      customerId: customer.customerId,
      name: 'Of a template',
      isOfTemplate: true,
    })
    expect(made.name).toBe('Of a template')
  })

  it('cannot be widened by a customer, whoever its session asks', async () => {
    await platform.guardrails.setDefault(vendor, { maxSteps: 1 })
    await platform.guardrails.setOf(vendor, customer.customerId, { allowCode: false })
    // The database itself refuses, should a procedure ever let it through.
    await expect(platform.guardrails.setOf(customer, customer.customerId, {})).rejects.toThrow(/row-level security/)
    await expect(platform.guardrails.setDefault(customer, {})).rejects.toThrow(/row-level security/)
    expect(await platform.guardrails.of(customer)).toMatchObject({ maxSteps: 1, allowCode: false })
    const neighbour = await platform.addTenant()
    expect(await platform.guardrails.of(neighbour)).toEqual(NO_GUARDRAILS)
  })
})
