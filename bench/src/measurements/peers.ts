import { createPostgresJournal, migrate } from '@inlay/engine/postgres'
import { createEngineHost, type EngineHost } from '../engine-host.js'
import { perSecond, ratios } from '../interleave.js'
import { closedLoop } from '../load.js'
import type { BenchContext, Figure, Section } from '../measurement.js'
import { type DbosPeer, startDbos } from '../peers/dbos.js'
import { installPeers } from '../peers/install.js'
import { startNodeRed } from '../peers/node-red.js'
import { Product } from '../product.js'
import { type Latency, latencyRound, percentileFigures } from '../rounds/latency.js'
import { type LineTarget, lineThroughput } from '../rounds/throughput.js'
import { createScratchDatabase, type ScratchDatabase } from '../scratch-database.js'
import { startServer } from '../servers/spawn.js'
import { durableSteps, lineDefinition, ORDER } from '../workloads.js'

const CONCURRENCY = 20
const STEPS_PER_RUN = 10
const WARM_UP_SECONDS = 2
const NAMES = ['inlay', 'dbos', 'nodeRed'] as const
type Name = (typeof NAMES)[number]

/** What is released at the end, the last first. */
type CleanUp = () => unknown

/** DBOS Transact and Node-RED, installed for the occasion, at the same work as the product. */
export async function measurePeers(context: BenchContext): Promise<readonly Section[]> {
  const cleanUps: CleanUp[] = []
  try {
    return await measure(context, cleanUps)
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  }
}

async function measure(context: BenchContext, cleanUps: CleanUp[]): Promise<readonly Section[]> {
  const { databaseUrl, rounds, seconds, progress } = context
  const scratch = async (): Promise<ScratchDatabase> => {
    const database = await createScratchDatabase(databaseUrl)
    cleanUps.push(() => database.drop())
    return database
  }
  progress('installing DBOS and Node-RED from npm')
  const peers = await installPeers()
  cleanUps.push(() => peers.remove())
  const product = await Product.start((await scratch()).url)
  cleanUps.push(() => product.stop())
  const stub = await startServer('stub', { BENCH_HOST: new URL(product.demo.stubUrl).hostname })
  cleanUps.push(() => stub.stop())
  const options = { folder: peers.path, stubUrl: stub.url }
  const dbos = await startDbos(options, (await scratch()).url)
  cleanUps.push(() => dbos.stop())
  const nodeRed = await startNodeRed(options)
  cleanUps.push(() => nodeRed.stop())
  const inlay = product.target(await product.publish(lineDefinition(stub.url)))
  const express = await startServer('express-accept')
  cleanUps.push(() => express.stop())
  const host = await createStepHost(await scratch())
  cleanUps.push(() => host.close())
  const contest = { targets: { inlay, dbos, nodeRed }, dbos, host, stubUrl: stub.url, acceptUrl: `${express.url}/hook` }
  progress('warming up')
  await contestRound(contest, WARM_UP_SECONDS)
  const measured: PeerRound[] = []
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`)
    measured.push(await contestRound(contest, seconds))
  }
  return [reportLine(measured), reportSteps(measured)]
}

async function createStepHost({ sql }: ScratchDatabase): Promise<EngineHost> {
  await migrate(sql)
  return createEngineHost({ journal: createPostgresJournal({ sql }), steps: durableSteps(STEPS_PER_RUN) })
}

interface Contest {
  readonly targets: Readonly<Record<Name, LineTarget>>
  readonly dbos: DbosPeer
  readonly host: EngineHost
  readonly stubUrl: string
  readonly acceptUrl: string
}

interface PeerRound {
  readonly accept: number
  readonly completed: Readonly<Record<Name, number>>
  readonly latency: Readonly<Record<Name, Latency>>
  readonly ourSteps: number
  readonly dbosSteps: number
}

/** Everyone once, one after the other. */
async function contestRound(contest: Contest, seconds: number): Promise<PeerRound> {
  const { targets, dbos, host, stubUrl, acceptUrl } = contest
  const accept = (await closedLoop(acceptUrl, seconds)).perSecond
  const completed = await inTurn(async (name) => (await lineThroughput(targets[name], stubUrl, seconds)).completed)
  const latency = await inTurn((name) => latencyRound(targets[name].hookUrl, stubUrl, seconds * 2))
  const ourSteps = await perSecond({ lanes: CONCURRENCY, seconds }, async () => {
    await host.startEagerly(ORDER)
    return STEPS_PER_RUN
  })
  const dbosSteps = await dbos.durableSteps(CONCURRENCY, seconds)
  return { accept, completed, latency, ourSteps, dbosSteps }
}

async function inTurn<T>(measureOne: (name: Name) => Promise<T>): Promise<Record<Name, T>> {
  return { inlay: await measureOne('inlay'), dbos: await measureOne('dbos'), nodeRed: await measureOne('nodeRed') }
}

const TITLES: Readonly<Record<Name, string>> = {
  inlay: 'Inlay',
  dbos: 'DBOS Transact behind Express',
  nodeRed: 'Node-RED, which stores nothing',
}

function reportLine(rounds: readonly PeerRound[]): Section {
  const completed = (name: Name): number[] => rounds.map((round) => round.completed[name])
  const p50 = (name: Name): number[] => rounds.map((round) => round.latency[name].p50)
  const completedFigures = NAMES.map((name): Figure => {
    return { what: `runs completed, ${TITLES[name]}`, values: completed(name), unit: 'a second' }
  })
  const latencies = NAMES.flatMap((name) => {
    return percentileFigures(
      `trigger to stub, ${TITLES[name]}`,
      rounds.map((round) => round.latency[name]),
    )
  })
  const accept = rounds.map((round) => round.accept)
  return {
    title: 'Peers at the same line',
    figures: [
      { what: 'Express route that only answers', values: accept, unit: 'a second' },
      ...completedFigures,
      { what: 'completed, Inlay / Node-RED', values: ratios(completed('inlay'), completed('nodeRed')), unit: 'ratio' },
      ...latencies,
    ],
    goals: [
      {
        what: 'completed, Inlay / DBOS',
        values: ratios(completed('inlay'), completed('dbos')),
        unit: 'ratio',
        bound: { atLeast: 5 },
      },
      { what: 'p50, Inlay / DBOS', values: ratios(p50('inlay'), p50('dbos')), unit: 'ratio', bound: { atMost: 1 } },
    ],
    notes: ['In DBOS only the HTTP call is a step; setting and branching are plain code of the workflow.'],
  }
}

function reportSteps(rounds: readonly PeerRound[]): Section {
  const ours = rounds.map((round) => round.ourSteps)
  const theirs = rounds.map((round) => round.dbosSteps)
  return {
    title: `Durable steps next to DBOS, runs of ${STEPS_PER_RUN} steps that do nothing, ${CONCURRENCY} in progress`,
    figures: [
      { what: 'this engine with the PostgreSQL adapter', values: ours, unit: 'a second' },
      { what: 'DBOS Transact', values: theirs, unit: 'a second' },
    ],
    goals: [{ what: 'this engine / DBOS', values: ratios(ours, theirs), unit: 'ratio', bound: { atLeast: 10 } }],
  }
}
