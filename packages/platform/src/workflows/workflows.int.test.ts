import type { CustomerId, JsonObject, JsonValue, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

function definitionOf(steps: JsonValue[], trigger: JsonObject = { type: 'webhook' }): JsonObject {
  return { schema: 'inlay/workflow@1', name: 'Orders', trigger, steps }
}

const SET: JsonObject = { id: 'order', type: 'set', values: { id: '{{ trigger.body.id }}' } }

describe.skipIf(serverUrl === undefined)('workflows', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  function create(definition?: JsonValue) {
    return platform.workflows.create(scope, { customerId: scope.customerId, name: 'Orders', definition })
  }

  it('refuse a change that was made to an older draft, and lose neither', async () => {
    const { id, draft } = await create()
    const [first, second] = await Promise.allSettled([
      platform.workflows.saveDraft(scope, id, { definition: definitionOf([SET]), baseRevision: draft.revision }),
      platform.workflows.saveDraft(scope, id, { definition: definitionOf([]), baseRevision: draft.revision }),
    ])
    const [kept, refused] = first.status === 'fulfilled' ? [first, second] : [second, first]
    expect(kept).toMatchObject({ status: 'fulfilled', value: { revision: draft.revision + 1 } })
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'workflow.draft_conflict' } })
    const stale = platform.workflows.publish(scope, id, { revision: draft.revision, publishedBy: 'test' })
    await expect(stale).rejects.toMatchObject({ code: 'workflow.draft_conflict' })
  })

  it('keep drafts that are not finished, and publish only what is', async () => {
    const { id, draft } = await create()
    const bad = definitionOf([
      { ...SET, values: { a: '{{ 1 + }}' } },
      { id: 'Bad Id', type: 'set', values: {} },
      { type: 'x' },
    ])
    const saved = await platform.workflows.saveDraft(scope, id, { definition: bad, baseRevision: draft.revision })
    expect(saved.issues.length).toBeGreaterThan(0)
    expect((await platform.workflows.get(scope, id)).draft).toMatchObject({ definition: bad, issues: saved.issues })
    await expect(platform.workflows.publish(scope, id, { publishedBy: 'test' })).rejects.toMatchObject({
      code: 'definition.invalid',
      data: { issues: saved.issues },
    })
    await expect(create(bad)).rejects.toMatchObject({ code: 'definition.invalid' })
    for (const nothing of [null, 'text', [], {}, { schema: 'other' }] as JsonValue[]) {
      const save = platform.workflows.saveDraft(scope, id, { definition: nothing, baseRevision: saved.revision })
      await expect(save).rejects.toMatchObject({ code: 'definition.invalid' })
    }
  })

  it('number their versions, which never change, and run on the newest', async () => {
    const { id, draft } = await create(definitionOf([SET]))
    const one = await platform.workflows.publish(scope, id, { publishedBy: 'ada' })
    await platform.workflows.saveDraft(scope, id, { definition: definitionOf([]), baseRevision: draft.revision })
    expect((await platform.workflows.get(scope, id)).hasUnpublishedChanges).toBe(true)
    const two = await platform.workflows.publish(scope, id, { publishedBy: 'ben' })
    expect([one.number, two.number]).toEqual([1, 2])
    expect((await platform.workflows.getVersion(scope, id, 1)).definition).toEqual(definitionOf([SET]))
    expect(await platform.workflows.getDefinition(scope, one.id)).toEqual({
      definition: definitionOf([SET]),
      number: 1,
    })
    const { data } = await platform.workflows.listVersions(scope, id, { limit: 10 })
    expect(data.map(({ number, publishedBy }) => [number, publishedBy])).toEqual([
      [2, 'ben'],
      [1, 'ada'],
    ])
    expect(await platform.workflows.get(scope, id)).toMatchObject({
      enabled: true,
      publishedVersion: 2,
      hasUnpublishedChanges: false,
    })
  })

  it('published at the same time by two get two versions, and the trigger starts the one that is shown as published', async () => {
    const { id } = await create(definitionOf([SET]))
    const both = await Promise.all([
      platform.workflows.publish(scope, id, { publishedBy: 'ada' }),
      platform.workflows.publish(scope, id, { publishedBy: 'ben' }),
    ])
    expect(both.map(({ number }) => number).sort()).toEqual([1, 2])
    const { published, trigger } = await platform.workflows.get(scope, id)
    const target = await platform.targets.find(trigger.webhookUrl?.split('/').at(-1) ?? '')
    expect(target).toMatchObject({ versionId: published?.id })
  })

  it('are not armed when publishing fails half-way', async () => {
    const { id } = await create(definitionOf([SET]))
    await platform.test
      .admin`ALTER TABLE inlay.webhook_triggers ADD CONSTRAINT none CHECK (workflow_id <> ${platform.test.admin.unsafe(`'${id}'`)})`
    await expect(platform.workflows.publish(scope, id, { publishedBy: 'test' })).rejects.toThrow()
    expect(await platform.workflows.get(scope, id)).toMatchObject({ published: null, enabled: false })
    await platform.test.admin`ALTER TABLE inlay.webhook_triggers DROP CONSTRAINT none`
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    expect(await platform.workflows.get(scope, id)).toMatchObject({ publishedVersion: 1, enabled: true })
  })

  it('that are switched off or unpublished start no runs, but their drafts can be tested', async () => {
    const { id } = await create(definitionOf([SET]))
    const start = () => platform.runs.start(scope, { workflowId: id, input: {}, waitSeconds: 0, callerId: 'test' })
    await expect(start()).rejects.toMatchObject({ code: 'workflow.not_published' })
    await expect(platform.workflows.update(scope, id, { enabled: true })).rejects.toMatchObject({
      code: 'workflow.not_published',
    })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    await platform.workflows.update(scope, id, { enabled: false })
    await expect(start()).rejects.toMatchObject({ code: 'workflow.disabled' })
    const runId = await platform.workflows.testRun(scope, id, { input: { body: { id: 7 } } })
    await platform.engine.execute([runId])
    expect(await platform.runs.get(scope, runId)).toMatchObject({
      mode: 'test',
      versionNumber: null,
      status: 'succeeded',
    })
    expect(await platform.workflows.samples(scope, id)).toEqual({
      trigger: { body: { id: 7 } },
      steps: { order: { id: 7 } },
      pinned: [],
    })
  })

  it('started twice under one key by one caller start once', async () => {
    const { id } = await create(definitionOf([SET]))
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const start = (callerId: string) =>
      platform.runs.start(scope, { workflowId: id, input: {}, waitSeconds: 0, callerId, idempotencyKey: 'k' })
    const [first, again, other] = [await start('ada'), await start('ada'), await start('ben')]
    expect(again.id).toBe(first.id)
    expect(other.id).not.toBe(first.id)
  })

  it('that are deleted take their waiting runs along, which undo what they did and cannot be run again', async () => {
    const undo = { id: 'undo', type: 'set', values: { undone: '{{ steps.order.output.id }}' } }
    const { id } = await create(
      definitionOf([
        { ...SET, compensate: undo },
        { id: 'pause', type: 'wait', for: '2d' },
      ]),
    )
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const run = await platform.runs.start(scope, {
      workflowId: id,
      input: { body: { id: 7 } },
      waitSeconds: 0,
      callerId: 'test',
    })
    await platform.engine.execute([run.id as never])
    expect(await platform.runs.get(scope, run.id)).toMatchObject({ status: 'waiting' })
    await platform.workflows.delete(scope, id)
    await platform.engine.execute([run.id as never])
    expect(await platform.runs.get(scope, run.id)).toMatchObject({
      status: 'cancelled',
      workflowName: 'Deleted workflow',
    })
    const steps = await platform.runs.steps(scope, run.id)
    expect(steps.find(({ stepId }) => stepId === 'undo')?.status).toBe('succeeded')
    await expect(platform.runs.rerun(scope, run.id)).rejects.toMatchObject({ code: 'run.version_gone' })
  })
})
