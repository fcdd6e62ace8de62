import { setTimeout as delay } from 'node:timers/promises'
import type { Journal, RunId } from '@inlay/engine'
import { createPostgresJournal } from '@inlay/engine/postgres'
import type postgres from 'postgres'
import { copyId, copyRun } from '../copy-run.js'
import { newRun } from '../engine-host.js'
import { explain, type SeenPlans } from '../explain.js'
import { atMost, type BenchContext, type Figure, type Section } from '../measurement.js'
import { Product } from '../product.js'
import { createScratchDatabase, type ScratchDatabase } from '../scratch-database.js'
import { median } from '../statistics.js'
import { ORDER, parkedDefinition } from '../workloads.js'

const FEW = 10_000
const WOKEN = 10_000
const WAKE_TIMEOUT_MS = 120_000
const IDLE_MS = 10_000
const DUE_LIMIT = 500
/** From the sixth call on PostgreSQL may keep one plan for all arguments. */
const EXPLAINED_TIMES = 10
const RUNS_PER_CLAIM = 50
/** Longer than the measurement: a lease that expires would be due work. */
const CLAIMED = { owner: 'bench', leaseMs: 600_000 }

/** What runs that wait cost everyone else, and how fast many of them wake. */
export async function measureParked(context: BenchContext): Promise<readonly Section[]> {
  const { databaseUrl, parkedRuns } = context
  const few = await createScratchDatabase(databaseUrl)
  const many = await createScratchDatabase(databaseUrl)
  try {
    await withProduct(few, (product) => park(product, few, { ...context, count: FEW }))
    const woken = await withProduct(many, async (product) => {
      const idleBefore = await idleShare(product)
      const ids = await park(product, many, { ...context, count: parkedRuns })
      const idleAfter = await idleShare(product)
      const wakeBefore = cpuSeconds(product)
      const wakeSeconds = await wake(many.sql, ids)
      return { idleBefore, idleAfter, wakeSeconds, wakeCpuSeconds: cpuSeconds(product) - wakeBefore }
    })
    return [report(await compare(context, few, many), woken, parkedRuns)]
  } finally {
    await few.drop()
    await many.drop()
  }
}

async function withProduct<T>({ url }: ScratchDatabase, work: (product: Product) => Promise<T>): Promise<T> {
  const product = await Product.start(url)
  try {
    return await work(product)
  } finally {
    await product.stop()
  }
}

type Ids = (n: number) => string

/** Parks one run as people do, then copies it. Resolves to the copies' ids, in their order. */
async function park(
  product: Product,
  { sql }: ScratchDatabase,
  { count, progress }: BenchContext & { readonly count: number },
): Promise<Ids> {
  const { workflowId } = await product.publish(parkedDefinition())
  const runId = await product.startRun(workflowId)
  await until(async () => (await countOf(sql, runId, `${runId}~`, 'waiting')) === 1)
  const plan = { count, fromMs: Date.now() - 2 * count, everyMs: 2 }
  await copyRun(sql, runId, {
    ...plan,
    progress: (done) => progress(`${done.toLocaleString('en')} of ${count.toLocaleString('en')} runs parked`),
  })
  await sql`VACUUM (ANALYZE) inlay.runs`
  await sql`VACUUM (ANALYZE) inlay.journal`
  await sql`CHECKPOINT`
  return (n) => copyId(plan, n)
}

/** Processor time of the worker while nothing happens, as a share of one core. */
async function idleShare(product: Product): Promise<number> {
  await delay(IDLE_MS / 2)
  const before = cpuSeconds(product)
  await delay(IDLE_MS)
  return (cpuSeconds(product) - before) / (IDLE_MS / 1000)
}

/** Processor time that the worker has used so far. */
function cpuSeconds(product: Product): number {
  return product.process('worker')?.cpuSeconds() ?? Number.NaN
}

/** Lets the waits of the first copies end now; resolves to the seconds until all of these runs have succeeded. */
async function wake(sql: postgres.Sql, idOf: Ids): Promise<number> {
  const [from, to] = [idOf(0), idOf(WOKEN)]
  await sql.begin(async (transaction) => {
    await transaction`UPDATE inlay.journal SET wake_at = 1 WHERE run_id >= ${from} AND run_id < ${to} AND wake_at IS NOT NULL`
    await transaction`UPDATE inlay.runs SET wake_at = now(), due_at = now() WHERE id >= ${from} AND id < ${to}`
  })
  const start = performance.now()
  await until(async () => (await countOf(sql, from, to, 'succeeded')) === WOKEN)
  const seconds = (performance.now() - start) / 1000
  return seconds
}

async function countOf(sql: postgres.Sql, from: string, to: string, status: string): Promise<number> {
  const [row] = await sql<{ runs: number }[]>`
    SELECT count(*)::integer AS runs FROM inlay.runs WHERE id >= ${from} AND id < ${to} AND status = ${status}`
  return row?.runs ?? 0
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAKE_TIMEOUT_MS
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Runs did not wake within ${WAKE_TIMEOUT_MS / 1000} s.`)
    await delay(50)
  }
}

/** Milliseconds with few and with many runs parked. */
interface Pair {
  readonly few: number
  readonly many: number
}

interface Compared {
  /** A pair per round. */
  readonly due: readonly Pair[]
  readonly claim: readonly Pair[]
  readonly plans: Readonly<Record<'few' | 'many', SeenPlans>>
}

/** The journal's calls with few and with many runs parked, nobody else at work. */
async function compare(
  { rounds, progress }: BenchContext,
  few: ScratchDatabase,
  many: ScratchDatabase,
): Promise<Compared> {
  progress('looking for due work and claiming')
  // The runs that woke have left dead index entries behind; what is compared is the number of parked runs alone.
  for (const { sql } of [few, many]) await sql`VACUUM inlay.runs`
  const plans = { few: await explainLookups(few), many: await explainLookups(many) }
  const journals = { few: createPostgresJournal({ sql: few.sql }), many: createPostgresJournal({ sql: many.sql }) }
  const due: Pair[] = []
  const claim: Pair[] = []
  for (let round = 0; round < rounds; round++) {
    due.push(await alternate(journals, DUE_CALLS))
    claim.push(await alternate(journals, CLAIM_CALLS))
  }
  return { due, claim, plans }
}

/** A call to be timed, and what comes before each. */
interface Calls<Given> {
  readonly times: number
  prepare(journal: Journal): Promise<Given>
  call(journal: Journal, given: Given): Promise<unknown>
}

const DUE_CALLS: Calls<undefined> = {
  times: 200,
  prepare: async () => undefined,
  call: (journal) => journal.due(DUE_LIMIT),
}

const CLAIM_CALLS: Calls<readonly RunId[]> = {
  times: 20,
  prepare: async (journal) => {
    const runs = Array.from({ length: RUNS_PER_CLAIM }, () => newRun(ORDER))
    await Promise.all(runs.map((run) => journal.create(run)))
    return runs.map(({ runId }) => runId)
  },
  call: (journal, runIds) => journal.claim({ ...CLAIMED, runIds }),
}

/** How due work is found and a run is claimed: often enough to see the plan that the server settles on after some calls. */
function explainLookups({ url }: ScratchDatabase): Promise<SeenPlans> {
  return explain(url, async (journal) => {
    for (let time = 0; time < EXPLAINED_TIMES; time++) {
      await journal.due(DUE_LIMIT)
      const run = newRun(ORDER)
      await journal.create(run)
      await journal.claim({ ...CLAIMED, runIds: [run.runId] })
    }
  })
}

/** Medians of calls that take turns one by one: they are so short that any noise would fall on one side of a longer turn. */
async function alternate<Given>(
  journals: Readonly<Record<keyof Pair, Journal>>,
  { times, prepare, call }: Calls<Given>,
): Promise<Pair> {
  const spentMs: Record<keyof Pair, number[]> = { few: [], many: [] }
  for (let n = 0; n < 2 * times; n++) {
    const side = n % 2 === 0 ? 'few' : 'many'
    const given = await prepare(journals[side])
    const start = performance.now()
    await call(journals[side], given)
    spentMs[side].push(performance.now() - start)
  }
  return { few: median(spentMs.few), many: median(spentMs.many) }
}

interface Woken {
  readonly idleBefore: number
  readonly idleAfter: number
  readonly wakeSeconds: number
  /** Processor time of the worker meanwhile. */
  readonly wakeCpuSeconds: number
}

function report(compared: Compared, woken: Woken, parked: number): Section {
  const { idleBefore, idleAfter, wakeSeconds, wakeCpuSeconds } = woken
  const { due, claim, plans } = compared
  const many = parked.toLocaleString('en')
  const few = FEW.toLocaleString('en')
  const pages = plans.many.pages / plans.few.pages
  return {
    title: `${many} parked runs`,
    figures: [
      ...pairFigures('finding due work, none due', due, [few, many]),
      ...pairFigures(`claiming ${RUNS_PER_CLAIM} runs`, claim, [few, many]),
      { what: 'waking, processor time of the worker', values: [wakeCpuSeconds], unit: 's' },
      { what: 'worker at rest, nothing parked, share of a core', values: [idleBefore], unit: 'share' },
      { what: `worker at rest, ${many} parked, share of a core`, values: [idleAfter], unit: 'share' },
    ],
    goals: [
      atMost(
        { what: `waking ${WOKEN.toLocaleString('en')} due timers in the product`, values: [wakeSeconds], unit: 's' },
        10,
      ),
      atMost({ what: 'finding due work, time, many / few', values: ratiosOf(due), unit: 'ratio' }, 1.2),
      atMost({ what: 'claiming, time, many / few', values: ratiosOf(claim), unit: 'ratio' }, 1.2),
      atMost({ what: 'finding due work and claiming, pages touched, many / few', values: [pages], unit: 'ratio' }, 1.2),
      atMost({ what: 'sequential scans while doing so', values: [plans.many.sequential.length], unit: 'count' }, 0),
      atMost(
        { what: 'worker at rest, share of a core more than before', values: [idleAfter - idleBefore], unit: 'share' },
        0.01,
      ),
    ],
    notes: [`Rows are reached by: ${plans.many.scans.join('; ')}.`],
  }
}

function pairFigures(what: string, pairs: readonly Pair[], [few, many]: readonly [string, string]): Figure[] {
  return [
    { what: `${what}, ${few} parked`, values: pairs.map((pair) => pair.few), unit: 'ms' },
    { what: `${what}, ${many} parked`, values: pairs.map((pair) => pair.many), unit: 'ms' },
  ]
}

function ratiosOf(pairs: readonly Pair[]): number[] {
  return pairs.map(({ few, many }) => many / few)
}
