import { setTimeout as delay } from 'node:timers/promises'
import type { RunId } from '@inlay/engine'
import { createPostgresJournal } from '@inlay/engine/postgres'
import type postgres from 'postgres'
import { copyId, copyRun } from '../copy-run.js'
import { newRun } from '../engine-host.js'
import { explain, type SeenPlans } from '../explain.js'
import { interleave, ratios } from '../interleave.js'
import type { BenchContext, Section } from '../measurement.js'
import { Product } from '../product.js'
import { createScratchDatabase, type ScratchDatabase } from '../scratch-database.js'
import { ORDER, parkedDefinition } from '../workloads.js'

const FEW = 10_000
const WOKEN = 10_000
const WAKE_TIMEOUT_MS = 120_000
const IDLE_MS = 10_000
const DUE_CALLS = 100
const CLAIMS = 20
const RUNS_PER_CLAIM = 50
const CLAIMED = { owner: 'bench', leaseMs: 15_000 }

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
      return { idleBefore, idleAfter, wakeSeconds: await wake(many.sql, ids) }
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
    progress: (done) => progress(`${(done + 1).toLocaleString('en')} of ${count.toLocaleString('en')} runs parked`),
  })
  await sql`VACUUM (ANALYZE) inlay.runs`
  await sql`VACUUM (ANALYZE) inlay.journal`
  await sql`CHECKPOINT`
  return (n) => copyId(plan, n)
}

/** Processor time of the worker while nothing happens, as a share of one core. */
async function idleShare(product: Product): Promise<number> {
  const worker = product.process('worker')
  await delay(IDLE_MS / 2)
  const before = worker?.cpuSeconds() ?? Number.NaN
  await delay(IDLE_MS)
  return ((worker?.cpuSeconds() ?? Number.NaN) - before) / (IDLE_MS / 1000)
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

type Comparison = 'dueFew' | 'dueMany' | 'claimFew' | 'claimMany'

interface Compared {
  readonly values: Readonly<Record<Comparison, readonly number[]>>
  readonly plans: SeenPlans
}

/** Milliseconds of the journal's calls with few and with many runs parked, nobody else at work. */
async function compare(
  { rounds, progress }: BenchContext,
  few: ScratchDatabase,
  many: ScratchDatabase,
): Promise<Compared> {
  progress('looking for due work and claiming')
  // The runs that woke have left dead index entries behind; what is compared is the number of parked runs alone.
  for (const { sql } of [few, many]) await sql`VACUUM inlay.runs`
  const plans = await explain(many.url, async (journal) => {
    await journal.due(500)
    const run = newRun(ORDER)
    await journal.create(run)
    await journal.claim({ ...CLAIMED, runIds: [run.runId] })
  })
  const values = await interleave(rounds, {
    dueFew: () => timeDue(few),
    dueMany: () => timeDue(many),
    claimFew: () => timeClaims(few),
    claimMany: () => timeClaims(many),
  })
  return { values, plans }
}

async function timeDue({ sql }: ScratchDatabase): Promise<number> {
  const journal = createPostgresJournal({ sql })
  const start = performance.now()
  for (let call = 0; call < DUE_CALLS; call++) await journal.due(500)
  return (performance.now() - start) / DUE_CALLS
}

/** Claims runs that were just created, and ends them. Counts the claims alone. */
async function timeClaims({ sql }: ScratchDatabase): Promise<number> {
  const journal = createPostgresJournal({ sql })
  let spentMs = 0
  for (let claim = 0; claim < CLAIMS; claim++) {
    const runs = Array.from({ length: RUNS_PER_CLAIM }, () => newRun(ORDER))
    await Promise.all(runs.map((run) => journal.create(run)))
    const runIds: RunId[] = runs.map(({ runId }) => runId)
    const start = performance.now()
    const claimed = await journal.claim({ ...CLAIMED, runIds })
    spentMs += performance.now() - start
    await Promise.all(claimed.map((lease) => journal.finish(lease, [], { status: 'succeeded' })))
  }
  return spentMs / CLAIMS
}

interface Woken {
  readonly idleBefore: number
  readonly idleAfter: number
  readonly wakeSeconds: number
}

function report({ values, plans }: Compared, { idleBefore, idleAfter, wakeSeconds }: Woken, parked: number): Section {
  const many = parked.toLocaleString('en')
  const few = FEW.toLocaleString('en')
  return {
    title: `${many} parked runs`,
    figures: [
      { what: `finding due work, none due, ${few} parked`, values: values.dueFew, unit: 'ms' },
      { what: `finding due work, none due, ${many} parked`, values: values.dueMany, unit: 'ms' },
      { what: `claiming ${RUNS_PER_CLAIM} runs, ${few} parked`, values: values.claimFew, unit: 'ms' },
      { what: `claiming ${RUNS_PER_CLAIM} runs, ${many} parked`, values: values.claimMany, unit: 'ms' },
      { what: `worker at rest, nothing parked, share of a core`, values: [idleBefore], unit: 'share' },
      { what: `worker at rest, ${many} parked, share of a core`, values: [idleAfter], unit: 'share' },
    ],
    goals: [
      {
        what: `waking ${WOKEN.toLocaleString('en')} due timers in the product`,
        values: [wakeSeconds],
        unit: 's',
        bound: { atMost: 10 },
      },
      {
        what: 'finding due work, many / few',
        values: ratios(values.dueMany, values.dueFew),
        unit: 'ratio',
        bound: { atMost: 1.2 },
      },
      {
        what: 'claiming, many / few',
        values: ratios(values.claimMany, values.claimFew),
        unit: 'ratio',
        bound: { atMost: 1.2 },
      },
      {
        what: 'worker at rest, share of a core more than before',
        values: [idleAfter - idleBefore],
        unit: 'share',
        bound: { atMost: 0.01 },
      },
      {
        what: 'sequential scans while finding due work and claiming',
        values: [plans.sequential.length],
        unit: 'scans',
        bound: { atMost: 0 },
      },
    ],
    notes: [`Rows are reached by: ${plans.scans.join('; ')}.`],
  }
}
