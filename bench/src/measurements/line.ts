import { ratios } from '../interleave.js'
import { measureBullmq } from '../limits/bullmq.js'
import { measureInserts } from '../limits/inserts.js'
import { closedLoop } from '../load.js'
import type { BenchContext, Figure, Goal, Section } from '../measurement.js'
import { withPeakMemory } from '../process-table.js'
import { Product } from '../product.js'
import { type Latency, latencyRound, percentileFigures } from '../rounds/latency.js'
import { type LineTarget, type LineThroughput, lineThroughput } from '../rounds/throughput.js'
import { createScratchDatabase, type ScratchDatabase } from '../scratch-database.js'
import { startServer } from '../servers/spawn.js'
import { lineDefinition } from '../workloads.js'

const WARM_UP_SECONDS = 2

interface LineRound {
  /** Requests a second that the accept-only Express route answered. */
  readonly accept: number
  readonly throughput: LineThroughput
  readonly workerMiB: number
  readonly controlPlaneMiB: number
  /** Processor time per run of both processes together, in microseconds. */
  readonly cpuMicros: number
  readonly express: Latency
  readonly product: Latency
  /** 1 KB rows a second in statements of 100. */
  readonly inserts: number
  /** Empty jobs a second. */
  readonly bullmq: number
}

/** The whole product, webhook to stored run, next to Express routes and the raw limits of its parts. */
export async function measureLine(context: BenchContext): Promise<readonly Section[]> {
  const database = await createScratchDatabase(context.databaseUrl)
  const product = await Product.start(database.url)
  try {
    return report(await measureRounds(context, product, database))
  } finally {
    await product.stop()
    await database.drop()
  }
}

async function measureRounds(
  { rounds, seconds, redisUrl, progress }: BenchContext,
  product: Product,
  { url, sql }: ScratchDatabase,
): Promise<LineRound[]> {
  const stub = await startServer('stub', { BENCH_HOST: new URL(product.demo.stubUrl).hostname })
  const express = await startServer('express-accept')
  const commit = await startServer('express-commit', { BENCH_DATABASE_URL: url, BENCH_STUB_URL: stub.url })
  try {
    const target = product.target(await product.publish(lineDefinition(stub.url)))
    const load = { product, target, stubUrl: stub.url }
    progress('warming up')
    await closedLoop(`${express.url}/hook`, WARM_UP_SECONDS)
    await lineThroughput(target, stub.url, WARM_UP_SECONDS)
    const measured: LineRound[] = []
    for (let round = 1; round <= rounds; round++) {
      progress(`round ${round} of ${rounds}`)
      measured.push({
        accept: (await closedLoop(`${express.url}/hook`, seconds)).perSecond,
        ...(await observedLoad(load, seconds)),
        express: await latencyRound(`${commit.url}/hook`, stub.url, seconds * 2),
        product: await latencyRound(target.hookUrl, stub.url, seconds * 2),
        inserts: await measureInserts(sql, seconds),
        bullmq: await measureBullmq(redisUrl),
      })
    }
    return measured
  } finally {
    for (const server of [stub, express, commit]) server.stop()
  }
}

interface ProductLoad {
  readonly product: Product
  readonly target: LineTarget
  readonly stubUrl: string
}

type ObservedLoad = Pick<LineRound, 'throughput' | 'workerMiB' | 'controlPlaneMiB' | 'cpuMicros'>

/** Loads the product, with an eye on what its processes use. */
async function observedLoad({ product, target, stubUrl }: ProductLoad, seconds: number): Promise<ObservedLoad> {
  const worker = product.process('worker')
  const controlPlane = product.process('control-plane')
  const cpuSeconds = (): number => (worker?.cpuSeconds() ?? Number.NaN) + (controlPlane?.cpuSeconds() ?? Number.NaN)
  const before = cpuSeconds()
  const { result, peakMiB } = await withPeakMemory(worker, () =>
    withPeakMemory(controlPlane, () => lineThroughput(target, stubUrl, seconds)),
  )
  const cpuMicros = ((cpuSeconds() - before) * 1e6) / result.result.runs
  return { throughput: result.result, workerMiB: peakMiB, controlPlaneMiB: result.peakMiB, cpuMicros }
}

function report(rounds: readonly LineRound[]): Section[] {
  const of = (pick: (round: LineRound) => number): number[] => rounds.map(pick)
  const completed = of((r) => r.throughput.completed)
  const throughput: Section = {
    title: 'The line: webhook, set, branch, HTTP call, run and steps stored',
    figures: [
      perSecond(
        'Express route that only answers',
        of((r) => r.accept),
      ),
      perSecond(
        'webhooks accepted (run committed)',
        of((r) => r.throughput.accepted),
      ),
      perSecond('runs completed', completed),
      perSecond(
        'BullMQ empty jobs',
        of((r) => r.bullmq),
      ),
      perSecond(
        'PostgreSQL 1 KB rows, 100 a commit, 4 connections',
        of((r) => r.inserts),
      ),
      { what: 'control plane and worker, processor time per run', values: of((r) => r.cpuMicros), unit: 'µs' },
      { what: 'control plane, largest resident memory', values: of((r) => r.controlPlaneMiB), unit: 'MiB' },
    ],
    goals: [
      {
        what: 'completed / Express accept',
        values: ratios(
          completed,
          of((r) => r.accept),
        ),
        unit: 'share',
        bound: { atLeast: 0.12 },
      },
      { what: 'worker, largest resident memory', values: of((r) => r.workerMiB), unit: 'MiB', bound: { atMost: 250 } },
    ],
    notes: [
      'The control plane executes most of these runs itself (`EAGER_RUNS`); the worker takes what is above its bound.',
    ],
  }
  return [throughput, latencySection(rounds)]
}

function latencySection(rounds: readonly LineRound[]): Section {
  const express = rounds.map((round) => round.express)
  const product = rounds.map((round) => round.product)
  const ratio = (part: keyof Latency, atMost: number): Goal => ({
    what: `${part} / Express ${part}`,
    values: ratios(
      product.map((latency) => latency[part]),
      express.map((latency) => latency[part]),
    ),
    unit: 'ratio',
    bound: { atMost },
  })
  return {
    title: 'Trigger to stub at 20 requests a second',
    figures: [
      ...percentileFigures('Express route: commit a row, call the stub', express),
      ...percentileFigures('Inlay', product),
    ],
    goals: [ratio('p50', 1.5), ratio('p99', 3)],
  }
}

function perSecond(what: string, values: readonly number[]): Figure {
  return { what, values, unit: 'a second' }
}
