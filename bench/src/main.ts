/**
 * `pnpm bench`: the whole product next to raw limits of the same machine, in the same run.
 * Flags: `--rounds N` (default 3), `--seconds N` of load per measurement (default 5).
 */
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { measureBullmq } from './limits/bullmq.js'
import { measureInserts } from './limits/inserts.js'
import { Product } from './product.js'
import { type BenchResult, formatReport } from './report.js'
import { type Latency, latencyRound } from './rounds/latency.js'
import { type ThroughputRound, throughputRound } from './rounds/throughput.js'
import { startServer } from './servers/spawn.js'

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seconds: { type: 'string' } } })
const rounds = Number(values.rounds ?? 3)
const seconds = Number(values.seconds ?? 5)

const product = await Product.start()
try {
  process.stdout.write(formatReport(await measure()))
} finally {
  await product.stop()
}
process.exit(0)

async function measure(): Promise<BenchResult> {
  const sql = postgres(requiredEnv('DATABASE_URL'), { max: 4, onnotice: () => {} })
  const stub = await startServer('stub', { BENCH_HOST: new URL(product.demo.stubUrl).hostname })
  const express = await startServer('express-accept')
  const commit = await startServer('express-commit', {
    BENCH_DATABASE_URL: requiredEnv('DATABASE_URL'),
    BENCH_STUB_URL: stub.url,
  })
  try {
    const { hookUrl, workflowId } = await product.publishWorkflow(stub.url)
    const targets = { product, expressUrl: express.url, hookUrl, stubUrl: stub.url, workflowId }
    await throughputRound(targets, 2) // Warm-up: compiled code and prepared statements, not counted.
    const throughput: ThroughputRound[] = []
    const latency: { product: Latency; express: Latency }[] = []
    for (let round = 0; round < rounds; round++) {
      progress(`round ${round + 1} of ${rounds}`)
      throughput.push(await throughputRound(targets, seconds))
      latency.push({
        express: await latencyRound(`${commit.url}/hook`, stub.url, seconds * 2),
        product: await latencyRound(hookUrl, stub.url, seconds * 2),
      })
    }
    progress('raw limits')
    const inserts = await measureInserts(sql, seconds)
    const bullmq = await measureBullmq(requiredEnv('REDIS_URL'))
    return { throughput, latency, inserts, bullmq }
  } finally {
    await sql`drop table if exists bench_accepted`
    await sql.end()
    for (const server of [stub, express, commit]) server.stop()
  }
}

function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`)
}

function requiredEnv(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run the benchmark with "pnpm bench".`)
  return value
}
