// @vitest-environment happy-dom
import { WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Builder, createBuilder } from './builder-store.js'
import { type UnsavedDraftStore, unsavedDraftIn } from './unsaved-draft.js'

const START: WorkflowDefinition = { schema: WORKFLOW_SCHEMA, name: 'Start', trigger: { type: 'manual' }, steps: [] }
const named = (name: string) => (definition: WorkflowDefinition) => ({ ...definition, name })
const nameIn = (builder: Builder) => builder.store.getState().history.present.name

/** A server with one workflow, which answers only while it is reachable. */
function createServer() {
  const server = { isReachable: true, definition: START, revision: 1 }
  const answer = <T>(give: () => T): Promise<T> =>
    server.isReachable ? Promise.resolve().then(give) : Promise.reject(new TypeError('Failed to fetch'))
  const saveDraft = {
    mutate: (sent: { definition: WorkflowDefinition; baseRevision: number }) =>
      answer(() => {
        if (sent.baseRevision !== server.revision) throw { data: { code: 'draft.conflict', httpStatus: 409 } }
        Object.assign(server, { definition: sent.definition, revision: server.revision + 1 })
        return { revision: server.revision, issues: [] }
      }),
  }
  const get = {
    query: () => answer(() => ({ draft: { definition: server.definition, revision: server.revision, issues: [] } })),
  }
  /** What the page does when it is loaded. */
  const load = (unsaved: UnsavedDraftStore): Builder => {
    const { definition, revision } = server
    // Nothing else of the client is used by a builder that only edits.
    const client = { workflows: { saveDraft, get } } as never
    const builder = createBuilder({
      client,
      workflowId: 'wf_1',
      definition,
      revision,
      issues: [],
      isLive: false,
      unsaved,
    })
    builder.begin()
    return builder
  }
  return { server, load }
}

const inTab = (person = 'usr_kim', workflowId = 'wf_1') => unsavedDraftIn(() => sessionStorage, workflowId, person)
const settle = () => vi.advanceTimersByTimeAsync(3_000)

describe('work that is not saved when the page is loaded again', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    sessionStorage.clear()
  })
  afterEach(() => void vi.useRealTimers())

  it('is shown, saved once the server answers, and taken away by undo', async () => {
    const { server, load } = createServer()
    const before = load(inTab())
    server.isReachable = false
    before.edit(named('In the tunnel'))
    await settle()
    expect(before.store.getState().save.status).toBe('offline')
    server.isReachable = true
    const after = load(inTab())
    expect([after.isRestored, nameIn(after)]).toEqual([true, 'In the tunnel'])
    await settle()
    expect(server.definition.name).toBe('In the tunnel')
    after.undo()
    expect(nameIn(after)).toBe('Start')
  })

  it('is kept in the moment in which the page goes', () => {
    const { load } = createServer()
    const before = load(inTab())
    before.edit(named('At the last moment'))
    before.keepUnsaved()
    expect(nameIn(load(inTab()))).toBe('At the last moment')
  })

  it('is kept when the builder closes, and never later: another may be open by then', async () => {
    const { server, load } = createServer()
    const before = load(inTab())
    server.isReachable = false
    before.edit(named('Closed at once'))
    before.dispose()
    expect(inTab().read()?.definition.name).toBe('Closed at once')
    sessionStorage.clear()
    await settle()
    expect(sessionStorage).toHaveLength(0)
  })

  it('is not written over what somebody else saved since: the person is asked', async () => {
    const { server, load } = createServer()
    const before = load(inTab())
    before.edit(named('Mine'))
    before.keepUnsaved()
    Object.assign(server, { definition: named('Theirs')(START), revision: 2 })
    const after = load(inTab())
    await settle()
    expect([after.store.getState().save.status, nameIn(after), server.definition.name]).toEqual([
      'conflict',
      'Mine',
      'Theirs',
    ])
  })

  it('is forgotten once it is saved, also when the answer was lost', async () => {
    const { server, load } = createServer()
    const before = load(inTab())
    before.edit(named('Saved'))
    await settle()
    expect(sessionStorage).toHaveLength(0)
    inTab().keep({ definition: server.definition, baseRevision: 1 })
    expect(load(inTab()).isRestored).toBe(false)
  })

  it('is nobody else’s, and of no other workflow', () => {
    inTab().keep({ definition: named('Kim’s')(START), baseRevision: 1 })
    for (const other of [inTab('usr_robin'), inTab('usr_kim', 'wf_2')]) expect(other.read()).toBeUndefined()
    expect(inTab().read()?.definition.name).toBe('Kim’s')
  })

  it.each(['', 'null', '{', '[]', '{"baseRevision":1}', '{"baseRevision":1,"definition":{"steps":7}}'])(
    'is left alone where it cannot be read: %s',
    (text) => {
      inTab().keep({ definition: START, baseRevision: 1 })
      for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, text)
      expect(inTab().read()).toBeUndefined()
    },
  )

  it('is not kept where the browser forbids storage, and nothing breaks', async () => {
    const { server, load } = createServer()
    const forbidden = unsavedDraftIn(
      () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
      'wf_1',
      'usr_kim',
    )
    const builder = load(forbidden)
    builder.edit(named('All the same'))
    builder.keepUnsaved()
    await settle()
    expect(server.definition.name).toBe('All the same')
  })
})
