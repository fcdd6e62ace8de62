import { setTimeout as delay } from 'node:timers/promises'
import type { CustomerId, TenantId, WorkflowId } from '@inlay/engine'
import { newId } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  announceDraft,
  connectPatientRedis,
  connectRedis,
  createEventHub,
  type EventHub,
  redisReady,
} from '../realtime/index.js'
import { createDraftsService, createEditors, type DraftState, type DraftsService, type DraftWatcher } from './index.js'

const redisUrl = process.env['INLAY_TEST_REDIS_URL']

const ADA: DraftWatcher = { personId: 'user_ada', name: 'Ada', isMember: false, mayEdit: true }
const SUPPORT: DraftWatcher = { personId: 'mem_1', name: 'Support person', isMember: true, mayEdit: false }
const SCOPE = { tenantId: 'ten_a' as TenantId, customerId: 'cus_a' as CustomerId }

describe.skipIf(redisUrl === undefined)('those who have a draft open', () => {
  let redis: Redis
  let subscriber: Redis
  let hub: EventHub

  beforeAll(async () => {
    redis = connectRedis(redisUrl ?? '')
    subscriber = connectPatientRedis(redisUrl ?? '')
    await redisReady(redis)
    hub = createEventHub(subscriber)
  })

  afterAll(() => {
    redis?.disconnect()
    subscriber?.disconnect()
  })

  function openDraft() {
    const workflowId = newId<WorkflowId>('wf', Date.now())
    const draft = { revision: 1 as number | undefined }
    const announce = (id: string): void => announceDraft(redis, id)
    const editors = createEditors(redis)
    const store = { draftRevision: async () => draft.revision }
    const service = createDraftsService({ store, hub, editors, announce })
    const save = () => {
      draft.revision = (draft.revision ?? 0) + 1
      announce(workflowId)
    }
    return { service, workflowId, draft, save, announce: () => announce(workflowId) }
  }

  /** Collects what a window is told until it is closed. */
  function open(service: DraftsService, workflowId: string, watcher: DraftWatcher) {
    const abort = new AbortController()
    const states: DraftState[] = []
    const ended = (async () => {
      for await (const state of service.watch(SCOPE, workflowId, { watcher, signal: abort.signal })) states.push(state)
    })()
    return {
      states,
      ended,
      close: async () => {
        abort.abort()
        await ended
      },
    }
  }

  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await delay(5)
  }

  it('see each other once, come and go, and each window of their own', async () => {
    const { service, workflowId } = openDraft()
    const first = open(service, workflowId, ADA)
    await until(() => first.states.length > 0)
    const second = open(service, workflowId, ADA)
    await until(() => first.states.at(-1)?.people.length === 2)
    expect(first.states.at(-1)?.people.map(({ self }) => self)).toEqual(['here', 'elsewhere'])
    const support = open(service, workflowId, SUPPORT)
    await until(() => first.states.at(-1)?.people.length === 3 && support.states.length > 0)
    expect(support.states.at(-1)?.people.map(({ name }) => name)).toEqual(['Ada', 'Support person'])
    await second.close()
    await until(() => first.states.at(-1)?.people.length === 2)
    const seen = first.states.at(-1)?.people.at(-1)
    expect(seen).toMatchObject({ isMember: true, mayEdit: false, self: null, name: null })
    await first.close()
    await support.close()
  })

  it('hear that it was saved, once per revision', async () => {
    const { service, workflowId, save, announce } = openDraft()
    const window = open(service, workflowId, ADA)
    await until(() => window.states.length > 0)
    save()
    await until(() => window.states.at(-1)?.revision === 2)
    announce()
    announce()
    save()
    await until(() => window.states.at(-1)?.revision === 3)
    expect(window.states.map(({ revision }) => revision).filter((each) => each === 2)).toHaveLength(1)
    await window.close()
  })

  it('are told nothing of a draft that they may not see', async () => {
    const { service, workflowId, draft } = openDraft()
    draft.revision = undefined
    const window = open(service, workflowId, ADA)
    await expect(window.ended).rejects.toMatchObject({ code: 'workflow.not_found' })
    expect(await createEditors(redis).list(workflowId)).toEqual([])
  })

  it('are forgotten some time after their window is gone without a word', async () => {
    let nowMs = 1_000_000
    const editors = createEditors(redis, () => nowMs)
    const workflowId = newId<WorkflowId>('wf', Date.now())
    await editors.enter(workflowId, { ...ADA, id: 'window_1' })
    expect(await editors.list(workflowId)).toHaveLength(1)
    nowMs += 31_000
    expect(await editors.list(workflowId)).toEqual([])
  })
})
