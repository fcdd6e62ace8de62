import { createMonthlyPartitions, createPostgresJournal, migrate } from '@inlay/engine/postgres'
import { copyRun } from '../copy-run.js'
import { createEngineHost, type EngineHost } from '../engine-host.js'
import { interleave, perSecond, ratios } from '../interleave.js'
import type { BenchContext, Section } from '../measurement.js'
import { createScratchDatabase, type ScratchDatabase } from '../scratch-database.js'
import { durableSteps, ORDER } from '../workloads.js'

const SHORT_ROWS = 10_000
const STEPS_PER_RUN = 10
const RUNS_PER_CLAIM = 20
const LANES = 5

/** What a run costs with a short and with a long history behind it. */
export async function measureHistory(context: BenchContext): Promise<readonly Section[]> {
  const { databaseUrl, historyRows, rounds, seconds, progress } = context
  const databases: ScratchDatabase[] = []
  try {
    const hosts: EngineHost[] = []
    for (const rows of [SHORT_ROWS, historyRows]) {
      const database = await createScratchDatabase(databaseUrl)
      databases.push(database)
      hosts.push(await prepare(database, rows, progress))
    }
    progress('running')
    const [short, long] = hosts as [EngineHost, EngineHost]
    const values = await interleave(rounds, { short: () => run(short, seconds), long: () => run(long, seconds) })
    await Promise.all(hosts.map((host) => host.close()))
    return [report(values, historyRows)]
  } finally {
    for (const database of databases) await database.drop()
  }
}

/** Fills this month's partitions with copies of a finished run. */
async function prepare({ sql }: ScratchDatabase, rows: number, progress: (text: string) => void): Promise<EngineHost> {
  await migrate(sql)
  await createMonthlyPartitions(sql, 0)
  const host = createEngineHost({ journal: createPostgresJournal({ sql }), steps: durableSteps(STEPS_PER_RUN) })
  const [runId = ''] = await host.startAndExecute([ORDER])
  const [found] = await sql<
    { rows: number }[]
  >`SELECT count(*)::integer AS rows FROM inlay.journal WHERE run_id = ${runId}`
  const count = Math.ceil(rows / (found?.rows ?? 1))
  const now = new Date()
  const fromMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth())
  const everyMs = Math.max(1, Math.floor((now.getTime() - fromMs) / count))
  await copyRun(sql, runId, {
    count,
    fromMs,
    everyMs,
    progress: (done) =>
      progress(`${(done * (found?.rows ?? 1)).toLocaleString('en')} of ${rows.toLocaleString('en')} journal rows`),
  })
  await sql`VACUUM (ANALYZE) inlay.runs`
  await sql`VACUUM (ANALYZE) inlay.journal`
  await sql`CHECKPOINT`
  await run(host, 1)
  return host
}

/** Runs a second through all statements of a run's life: created, claimed, its steps written, ended. */
function run(host: EngineHost, seconds: number): Promise<number> {
  return perSecond({ lanes: LANES, seconds }, async () => {
    const runs = await host.startAndExecute(Array.from({ length: RUNS_PER_CLAIM }, () => ORDER))
    return runs.length
  })
}

function report(values: Readonly<Record<'short' | 'long', readonly number[]>>, rows: number): Section {
  const long = rows.toLocaleString('en')
  return {
    title: `Length of the history, runs of ${STEPS_PER_RUN} durable actions`,
    figures: [
      { what: `runs with ${SHORT_ROWS.toLocaleString('en')} journal rows`, values: values.short, unit: 'a second' },
      { what: `runs with ${long} journal rows`, values: values.long, unit: 'a second' },
    ],
    goals: [
      {
        what: `cost per run with ${long} rows / with ${SHORT_ROWS.toLocaleString('en')}`,
        values: ratios(values.short, values.long),
        unit: 'ratio',
        bound: { atMost: 1.2 },
      },
    ],
  }
}
