import { createPostgresJournal, migrate } from '@inlay/engine/postgres'
import { createEngineHost, type EngineHost } from '../engine-host.js'
import { interleave, perSecond, ratios } from '../interleave.js'
import { type BareJournal, createBareJournal } from '../limits/bare-journal.js'
import type { BenchContext, Figure, Section } from '../measurement.js'
import { createScratchDatabase } from '../scratch-database.js'
import { durableSteps, ORDER } from '../workloads.js'

const STEPS_PER_RUN = 10
const CONCURRENCY = 20
/** More runs in progress share more of each commit. */
const HIGH_CONCURRENCY = [200, 500] as const
/** Two are as many statements as the journal has in flight; whichever number is faster is the yardstick. */
const BARE_LANES = [1, 2] as const
const ROWS_PER_COMMIT = 100

/** Durable steps a second with the PostgreSQL adapter, next to bare inserts of the same rows and to a commit per step. */
export async function measureJournal(context: BenchContext): Promise<readonly Section[]> {
  const { databaseUrl, rounds, seconds, progress } = context
  const database = await createScratchDatabase(databaseUrl)
  await migrate(database.sql)
  const grouped = createEngineHost({
    journal: createPostgresJournal({ sql: database.sql }),
    steps: durableSteps(STEPS_PER_RUN),
  })
  // A journal of its own per lane: nothing shares a commit, all else is the same.
  const lonely = Array.from({ length: CONCURRENCY }, () =>
    createEngineHost({ journal: createPostgresJournal({ sql: database.sql }), steps: durableSteps(STEPS_PER_RUN) }),
  )
  try {
    progress('warming up')
    const runId = await grouped.startEagerly(ORDER)
    const bare = await createBareJournal(database.sql, runId)
    await run([grouped], CONCURRENCY, Math.min(seconds, 2))
    await run(lonely, CONCURRENCY, Math.min(seconds, 1))
    progress('running')
    const values = await interleave(rounds, {
      bareOne: () => bare.insert({ lanes: BARE_LANES[0], rowsPerCommit: ROWS_PER_COMMIT, seconds }),
      bareTwo: () => bare.insert({ lanes: BARE_LANES[1], rowsPerCommit: ROWS_PER_COMMIT, seconds }),
      single: () => insertSingly(bare, seconds),
      lonely: () => run(lonely, CONCURRENCY, seconds),
      low: () => run([grouped], CONCURRENCY, seconds),
      high: () => run([grouped], HIGH_CONCURRENCY[0], seconds),
      higher: () => run([grouped], HIGH_CONCURRENCY[1], seconds),
    })
    return [report(values)]
  } finally {
    await Promise.all([grouped, ...lonely].map((host) => host.close()))
    await database.drop()
  }
}

/** Durable steps a second with so many runs in progress, dealt out over the hosts. */
function run(hosts: readonly EngineHost[], lanes: number, seconds: number): Promise<number> {
  return perSecond({ lanes, seconds }, async (lane) => {
    await hosts[lane % hosts.length]?.startEagerly(ORDER)
    return STEPS_PER_RUN
  })
}

function insertSingly(bare: BareJournal, seconds: number): Promise<number> {
  return bare.insert({ lanes: CONCURRENCY, rowsPerCommit: 1, seconds })
}

type Name = 'bareOne' | 'bareTwo' | 'single' | 'lonely' | 'low' | 'high' | 'higher'

function report(values: Readonly<Record<Name, readonly number[]>>): Section {
  const bare = values.bareOne.map((one, round) => Math.max(one, values.bareTwo[round] ?? one))
  const figure = (what: string, name: Name): Figure => ({ what, values: values[name], unit: 'a second' })
  return {
    title: `Durable steps with the PostgreSQL adapter, runs of ${STEPS_PER_RUN} actions that do nothing`,
    figures: [
      figure(`bare inserts of such rows, ${ROWS_PER_COMMIT} a commit, ${BARE_LANES[0]} connection`, 'bareOne'),
      figure(`bare inserts of such rows, ${ROWS_PER_COMMIT} a commit, ${BARE_LANES[1]} connections`, 'bareTwo'),
      figure(`bare inserts of such rows, one a commit, ${CONCURRENCY} connections`, 'single'),
      figure(`this engine without shared commits: one a step, ${CONCURRENCY} runs in progress`, 'lonely'),
      figure(`this engine, ${CONCURRENCY} runs in progress`, 'low'),
      figure(`this engine, ${HIGH_CONCURRENCY[0]} runs in progress`, 'high'),
      figure(`this engine, ${HIGH_CONCURRENCY[1]} runs in progress`, 'higher'),
      {
        what: `steps at ${CONCURRENCY} / bare inserts of ${ROWS_PER_COMMIT}`,
        values: ratios(values.low, bare),
        unit: 'share',
      },
      {
        what: `steps at ${CONCURRENCY} / bare inserts of one`,
        values: ratios(values.low, values.single),
        unit: 'ratio',
      },
    ],
    goals: [
      {
        what: `steps at ${HIGH_CONCURRENCY[0]} / bare inserts of ${ROWS_PER_COMMIT}`,
        values: ratios(values.high, bare),
        unit: 'share',
        bound: { atLeast: 0.5 },
      },
      {
        what: `steps at ${CONCURRENCY} / one commit a step at ${CONCURRENCY}`,
        values: ratios(values.low, values.lonely),
        unit: 'ratio',
        bound: { atLeast: 5 },
      },
    ],
  }
}
