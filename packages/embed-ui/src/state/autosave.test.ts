import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Autosave, type SaveState } from './autosave.js'

type Answer = 'ok' | 'offline' | 'lost' | 'signedOut' | 'conflict' | 'refused'

const HTTP_STATUS = { signedOut: 401, conflict: 409, refused: 403 }

function setUp(answers: Answer[] = []) {
  const sent: { document: string; baseRevision: number }[] = []
  const states: SaveState[] = []
  const server = { document: 'start', revision: 1 }
  const autosave = new Autosave<string>({
    revision: 1,
    saved: 'start',
    save: async (document, baseRevision) => {
      sent.push({ document, baseRevision })
      await new Promise((resolve) => setTimeout(resolve, 100))
      const answer = answers.shift() ?? 'ok'
      if (answer === 'offline') throw new TypeError('Failed to fetch')
      if (answer === 'ok' || answer === 'lost') Object.assign(server, { document, revision: baseRevision + 1 })
      if (answer === 'lost') throw new TypeError('Failed to fetch')
      if (answer !== 'ok') throw { data: { code: answer, httpStatus: HTTP_STATUS[answer], title: answer } }
      return { revision: baseRevision + 1, issues: [] }
    },
    latest: async () => ({ ...server, issues: [] }),
    isSame: (one, other) => one === other,
    onState: (state) => states.push(state),
    onSaved: () => {},
  })
  return { autosave, sent, server, states, statuses: () => states.map(({ status }) => status) }
}

describe('Autosave', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('saves once after the last of many changes', async () => {
    const { autosave, sent, statuses } = setUp()
    for (const text of ['a', 'ab', 'abc']) autosave.change(text)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toEqual([{ document: 'abc', baseRevision: 1 }])
    expect(statuses()).toEqual(['unsaved', 'saving', 'saved'])
  })

  it('saves within two seconds although typing never stops', async () => {
    const { autosave, sent } = setUp()
    for (let key = 0; key < 20; key++) {
      autosave.change(`text ${key}`)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(sent.length).toBeGreaterThan(0)
  })

  it('sends what was typed during a request afterwards, on the new revision, and is saved only then', async () => {
    const { autosave, sent, statuses } = setUp()
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(650)
    autosave.change('b')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toEqual([
      { document: 'a', baseRevision: 1 },
      { document: 'b', baseRevision: 2 },
    ])
    expect(statuses().at(-1)).toBe('saved')
  })

  it('needs no request when everything was undone', async () => {
    const { autosave, sent } = setUp()
    autosave.change('a')
    autosave.change('start')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent).toEqual([])
    expect(autosave.state.status).toBe('saved')
  })

  it('stays offline until the server is back, and then saves the newest', async () => {
    const { autosave, sent, statuses } = setUp(['offline', 'offline'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(800)
    expect(autosave.state.status).toBe('offline')
    autosave.change('b')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent.map(({ document }) => document)).toEqual(['a', 'b', 'b'])
    expect(statuses()).toEqual(['unsaved', 'saving', 'offline', 'saving', 'offline', 'saving', 'saved'])
  })

  it('does not wait for its next try once the network is back', async () => {
    const { autosave, sent } = setUp(['offline', 'offline', 'offline', 'offline'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(6_000)
    expect(autosave.state.status).toBe('offline')
    const before = sent.length
    autosave.retry()
    autosave.retry()
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toHaveLength(before + 1)
  })

  it('keeps edits while nobody is signed in, and saves them after the next sign-in', async () => {
    const { autosave, sent } = setUp(['signedOut'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(1_000)
    autosave.change('b')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(autosave.state.status).toBe('signedOut')
    expect(sent).toHaveLength(1)
    autosave.retry()
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.at(-1)).toEqual({ document: 'b', baseRevision: 1 })
    expect(autosave.state.status).toBe('saved')
  })

  it('sends what was typed last when the editor is closed', async () => {
    const { autosave, sent } = setUp()
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(650)
    autosave.change('b')
    autosave.dispose()
    autosave.dispose()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent.map(({ document }) => document)).toEqual(['a', 'b'])
  })

  it('does not go on trying for an editor that is closed, and saves again once it is back', async () => {
    const { autosave, sent } = setUp(['offline', 'offline'])
    autosave.change('a')
    autosave.dispose()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
    autosave.change('b')
    autosave.retry()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent.at(-1)?.document).toBe('b')
    expect(autosave.state.status).toBe('saved')
  })

  it('stops at a conflict until the person decides', async () => {
    const { autosave, sent } = setUp(['conflict'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(1_000)
    autosave.change('b')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
    expect(autosave.state.status).toBe('conflict')
    const overwritten = autosave.overwrite(7)
    await vi.advanceTimersByTimeAsync(200)
    await overwritten
    expect(sent.at(-1)).toEqual({ document: 'b', baseRevision: 7 })
    expect(autosave.state).toMatchObject({ status: 'saved', revision: 8 })
  })

  it('asks nobody about a conflict with what it saved itself without hearing the answer', async () => {
    const { autosave, sent, statuses } = setUp(['lost', 'conflict'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(800)
    expect(autosave.state.status).toBe('offline')
    autosave.change('b')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent.map(({ document, baseRevision }) => `${document}${baseRevision}`)).toEqual(['a1', 'b1', 'b2'])
    expect(statuses()).not.toContain('conflict')
    expect(autosave.state).toMatchObject({ status: 'saved', revision: 3 })
  })

  it('asks all the same when somebody saved something else after the answer was lost', async () => {
    const { autosave, server } = setUp(['lost', 'conflict'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(800)
    Object.assign(server, { document: 'theirs', revision: 3 })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(autosave.state.status).toBe('conflict')
  })

  it('says that it was refused, and tries again with the next change', async () => {
    const { autosave, sent } = setUp(['refused'])
    autosave.change('a')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(autosave.state).toMatchObject({ status: 'refused', problem: { title: 'refused' } })
    autosave.change('b')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toHaveLength(2)
    expect(autosave.state.status).toBe('saved')
  })

  it('flushes at once', async () => {
    const { autosave, sent } = setUp()
    autosave.change('a')
    const flushed = autosave.flush()
    await vi.advanceTimersByTimeAsync(100)
    await flushed
    expect(sent).toHaveLength(1)
    expect(autosave.state.status).toBe('saved')
  })
})
