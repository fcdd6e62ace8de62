import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isInlayError } from '../contracts/errors.js'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import { createMemoryJournal } from '../memory/index.js'
import type { ClaimedRun, DueRun, Journal, NewRun, StepWrite } from '../ports/journal.js'
import { systemClock } from '../run/system-clock.js'
import { ARRAY_TYPES } from './array-types.js'
import { createPostgresJournal } from './journal.js'
import { migrate } from './migrate.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_agreement_${process.pid}_${Date.now()}`
const RUNS = 4
/** Clocks of both journals tell two requests apart when they are this far from each other. */
const TICK_MS = 3

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

/** What is asked of a journal, of run number `run`. */
interface Request {
  readonly run: number
  readonly ask:
    | 'claim'
    | 'append'
    | 'fail'
    | 'succeed'
    | 'wait for time'
    | 'wait for an event'
    | 'wait for a child'
    | 'wait for a person'
    | 'stop'
    | 'release'
    | 'cancel'
    | 'suspend'
    | 'resume'
    | 'reopen'
    | 'publish'
    | 'answer'
}

const request: fc.Arbitrary<Request> = fc.record({
  run: fc.nat({ max: RUNS - 1 }),
  ask: fc.oneof(
    { arbitrary: fc.constant('claim' as const), weight: 8 },
    {
      arbitrary: fc.constantFrom<Request['ask']>(
        'append',
        'fail',
        'succeed',
        'wait for time',
        'wait for an event',
        'wait for a child',
        'wait for a person',
        'stop',
        'release',
        'cancel',
        'suspend',
        'resume',
        'reopen',
        'publish',
        'answer',
      ),
      weight: 20,
    },
  ),
})

/** A journal with the leases that its runs are held under. */
class Side {
  private readonly leases = new Map<RunId, ClaimedRun>()
  private seq = 0

  constructor(
    private readonly journal: Journal,
    private readonly runs: readonly NewRun[],
    private readonly names: ReadonlyMap<RunId, number>,
  ) {}

  async begin(): Promise<unknown> {
    const admissions: unknown[] = []
    for (const run of this.runs) {
      admissions.push((await this.journal.create(run)).admission)
      await delay(TICK_MS)
    }
    return admissions
  }

  /** What the journal answers, without what depends on its clock. */
  async carryOut({ run: number, ask }: Request, nth: number): Promise<unknown> {
    const run = this.runs[number]
    if (run === undefined) return undefined
    try {
      return await this.perform(run, ask, nth)
    } catch (error) {
      if (isInlayError(error)) return error.code
      throw error
    }
  }

  async state(): Promise<unknown> {
    return Promise.all(
      this.runs.map(async (run) => {
        const read = await this.journal.readRun(run, run.runId)
        const steps = await this.journal.readSteps(run, run.runId)
        return [read?.status, steps.map(({ stepPath, status }) => `${stepPath} ${status}`)]
      }),
    )
  }

  private async perform(run: NewRun, ask: Request['ask'], nth: number): Promise<unknown> {
    const { journal } = this
    const { runId } = run
    switch (ask) {
      case 'claim':
        return this.claim(run)
      case 'cancel': {
        const { outcome, due } = await journal.requestCancel(run, runId)
        return [outcome, this.named(due)]
      }
      case 'suspend':
        return journal.requestSuspend(run, runId)
      case 'resume': {
        const { outcome, due } = await journal.resume(run, runId)
        return [outcome, this.named(due)]
      }
      case 'reopen': {
        const { outcome, due } = await journal.reopen(run, runId, [{ stepPath: 'a', iteration: '0' }])
        return [outcome, this.named(due)]
      }
      case 'publish': {
        const { tenantId, customerId } = run
        const event = {
          tenantId,
          customerId,
          eventId: `event ${nth}`,
          name: 'e',
          payload: { run: this.names.get(runId) ?? 0, nth },
        }
        return this.named((await journal.publish(event)).due)
      }
      case 'answer': {
        const { outcome, due } = await journal.answer(`token of ${runId}`, nth)
        // Whether a closed wait is remembered is each journal's affair.
        return [outcome === 'answered', this.named(due)]
      }
      default:
        return this.performUnderLease(run, ask, nth)
    }
  }

  private async performUnderLease(run: NewRun, ask: Request['ask'], nth: number): Promise<unknown> {
    const lease = this.leases.get(run.runId)
    if (lease === undefined) return 'no lease'
    const { journal } = this
    const step = this.step('a')
    switch (ask) {
      case 'append':
        return journal.append(lease, [step, this.step('b')])
      case 'fail':
      case 'succeed': {
        const due = await journal.finish(lease, [step], {
          status: ask === 'fail' ? 'failed' : 'succeeded',
          output: nth,
        })
        return this.named(due)
      }
      case 'release':
        return journal.release([lease])
      case 'stop':
        return (await journal.park(lease, [step], { status: 'suspended' })).isDueNow
      case 'wait for time':
        await journal.park(lease, [step], { status: 'waiting', wakeAt: lease.claimedAt - 1000 })
        return 'due at the latest now'
      default:
        return (await journal.park(lease, [this.waitOf(run, ask)], { status: 'waiting' })).isDueNow
    }
  }

  private waitOf({ runId }: NewRun, ask: Request['ask']): StepWrite {
    const child = this.runs.find(({ parent }) => parent?.runId === runId)
    if (ask === 'wait for a child' && child !== undefined) return this.step('c', { kind: 'child', runId: child.runId })
    if (ask === 'wait for a person') return this.step('p', { kind: 'approval', token: `token of ${runId}`, detail: {} })
    return this.step('e', { kind: 'event', name: 'e', match: { run: this.names.get(runId) ?? 0 } })
  }

  /** Whoever is given an answer closes the wait. */
  private async claim(run: NewRun): Promise<unknown> {
    const [lease] = await this.journal.claim({ runIds: [run.runId], owner: 'w', leaseMs: 600_000 })
    if (lease === undefined) return 'nothing'
    this.leases.set(run.runId, lease)
    const { answers, steps, cancelRequested, suspendRequested, recoveries } = lease
    const closed = answers.map(({ stepPath }) => ({ ...this.step(stepPath), wait: null }))
    if (closed.length > 0) await this.journal.append(lease, closed)
    const given = answers.map(({ stepPath, answer }) => `${stepPath} ${this.withoutClock(answer)}`).sort()
    const recorded = steps.map(({ stepPath, status }) => `${stepPath} ${status}`)
    return [given, recorded, cancelRequested, suspendRequested, recoveries]
  }

  private withoutClock(answer: unknown): string {
    return JSON.stringify(answer, (key, value: unknown) => (key === 'receivedAt' ? 'then' : value))
  }

  private named(due: readonly DueRun[]): unknown {
    return due.map(({ runId }) => this.names.get(runId)).sort()
  }

  private step(stepPath: string, wait?: StepWrite['wait']): StepWrite {
    this.seq += 1
    const status = wait ? 'waiting' : 'succeeded'
    const record = { stepPath, iteration: '0', type: 'x', status, attempt: 1, startedAt: 1 } as const
    return { ...record, seq: this.seq, at: 1, ...(wait === undefined ? {} : { wait }) }
  }
}

function newRunId(): RunId {
  return newId<RunId>('run', Date.now())
}

/** Two runs that share one place, and a parent with its child. */
function newRuns(): NewRun[] {
  const now = Date.now()
  const shared = {
    tenantId: newId<TenantId>('ten', now),
    customerId: newId<CustomerId>('cus', now),
    workflowId: newId<WorkflowId>('wf', now),
    versionId: newId<VersionId>('ver', now),
    mode: 'live' as const,
    trigger: {},
  }
  const [a, b, c, d] = [newRunId(), newRunId(), newRunId(), newRunId()]
  const slot = { key: 'k', limit: 1, onConflict: 'queue' as const }
  return [
    { ...shared, runId: a, slot },
    { ...shared, runId: b, slot },
    { ...shared, runId: c },
    { ...shared, runId: d, parent: { runId: c, stepPath: 'c', iteration: '0' } },
  ]
}

describe.skipIf(adminUrl === undefined)('the PostgreSQL journal and the one in memory', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const sql = postgres(urlOf(database), { max: 2, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await migrate(sql)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  it('answer the same, whatever is asked of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 5, maxLength: 40 }), async (requests) => {
        const runs = newRuns()
        const names = new Map(runs.map(({ runId }, n) => [runId, n]))
        const clock = systemClock()
        const memory = new Side(createMemoryJournal({ clock }), runs, names)
        const kept = new Side(createPostgresJournal({ sql }), runs, names)
        expect(await kept.begin()).toEqual(await memory.begin())
        for (const [nth, asked] of requests.entries()) {
          const answers = [await kept.carryOut(asked, nth), await kept.state()]
          expect({ nth, asked, answers }).toEqual({
            nth,
            asked,
            answers: [await memory.carryOut(asked, nth), await memory.state()],
          })
          await delay(TICK_MS)
        }
      }),
      { numRuns: 40 },
    )
  })
})
