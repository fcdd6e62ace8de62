/**
 * `pnpm bench`: what the engine and the whole product do, next to raw limits of the same machine in the same run.
 * Flags: `--only NAMES` (of `expressions,memory,journal,history,parked,line,peers`; default all but `peers`), `--peers`
 * (install DBOS and Node-RED from npm and measure them at the same work), `--rounds N` (default 3), `--seconds N` of
 * load per measurement and round (default 5), `--parked N` runs (default 1,000,000), `--history N` journal rows (default
 * 2,000,000).
 */
import type { BenchContext, Measurement, Section } from './measurement.js'
import { measureExpressions } from './measurements/expressions.js'
import { measureHistory } from './measurements/history.js'
import { measureJournal } from './measurements/journal.js'
import { measureLine } from './measurements/line.js'
import { measureMemory } from './measurements/memory.js'
import { measureParked } from './measurements/parked.js'
import { measurePeers } from './measurements/peers.js'
import { type MeasurementName, readOptions } from './options.js'
import { formatReport } from './report.js'

const MEASUREMENTS: Readonly<Record<MeasurementName, Measurement>> = {
  expressions: measureExpressions,
  memory: measureMemory,
  journal: measureJournal,
  history: measureHistory,
  parked: measureParked,
  line: measureLine,
  peers: measurePeers,
}

const { only, ...options } = readOptions(process.argv.slice(2))
const context: Omit<BenchContext, 'progress'> = {
  ...options,
  databaseUrl: requiredEnv('DATABASE_URL'),
  redisUrl: requiredEnv('REDIS_URL'),
}
const sections: Section[] = []
let failed = 0
for (const name of only) {
  const progress = (text: string): void => void process.stderr.write(`bench: ${name}: ${text}\n`)
  try {
    sections.push(...(await MEASUREMENTS[name]({ ...context, progress })))
  } catch (error) {
    // What the others measured took minutes and is reported all the same.
    failed += 1
    progress(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}
process.stdout.write(formatReport(sections, options.rounds))
process.exit(failed === 0 ? 0 : 1)

function requiredEnv(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run the benchmark with "pnpm bench".`)
  return value
}
