import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from '../build/build.js'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'
import { step } from '../progress.js'
import { freePort, portProblem } from '../services/free-port.js'
import { useGivenPostgres } from '../services/given-postgres.js'
import { startPostgres } from '../services/postgres.js'
import { stopLeftovers } from '../services/process-records.js'
import { startRedis } from '../services/redis.js'
import { useGivenRedis } from '../services/redis-connection.js'
import type { Service } from '../services/service.js'
import { lockDataFolder, prepareDataFolder, unlockDataFolder } from './data-folder.js'
import { type Demo, prepareDemo, removeDemoFile, writeDemoFile } from './demo-file.js'
import { productEnvironment, stubAddress, superviseProcesses } from './processes.js'
import { readSecrets } from './secrets.js'
import type { Settings } from './settings.js'
import { StopStack } from './stop-stack.js'

const READY_TIMEOUT_MS = 60_000

export interface ProductOptions {
  readonly folder: string
  readonly settings: Settings
  /** What the processes are given besides their own settings. */
  readonly env: NodeJS.ProcessEnv
  /** Ends the start early: somebody pressed Ctrl-C. */
  readonly signal: AbortSignal
}

/** The whole product: database, queue, control plane, worker and the demo's stub. */
export interface Product {
  readonly demo: Demo
  stop(): Promise<void>
}

/** Starts everything in order. What was started is stopped again when something fails. @throws Refusal */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const stack = new StopStack()
  try {
    const demo = await startAll(options, stack)
    assertNotStopped(options.signal)
    writeDemoFile(options.folder, demo)
    return { demo, stop: () => stack.stop() }
  } catch (error) {
    await stack.stop()
    throw error
  }
}

async function startAll(options: ProductOptions, stack: StopStack): Promise<Demo> {
  const { folder, settings, env, signal } = options
  await takeFolder(options, stack)
  const { redis, database } = await startServers(options, stack)
  await build(signal)
  assertNotStopped(signal)
  const stub = await stubAddress(folder)
  const own = productEnvironment(env, { folder, settings, database, redis, stub })
  await step('Preparing the database', () => migrate(own, database.url, signal))
  const addresses = { baseUrl: settings.baseUrl, stubUrl: stub.url, databaseUrl: database.url }
  const demo = await step('Preparing the demo', () => prepareDemo(folder, own, { ...addresses, signal }))
  assertNotStopped(signal)
  await step('Starting control plane and worker', async () => {
    const processes = superviseProcesses(folder, own, stub)
    for (const supervisor of processes) stack.add(() => supervisor.stop())
    await Promise.all(processes.map((supervisor) => supervisor.start()))
    await untilServing(options)
  })
  return demo
}

/** Makes sure that nothing else runs from the folder or listens on the port. */
async function takeFolder({ folder, settings }: ProductOptions, stack: StopStack): Promise<void> {
  prepareDataFolder(folder)
  await lockDataFolder(folder)
  stack.add(async () => unlockDataFolder(folder))
  await stopLeftovers(folder)
  await assertPortFree(settings.port)
  removeDemoFile(folder)
}

async function startServers(
  { folder, settings, signal }: ProductOptions,
  stack: StopStack,
): Promise<{ redis: Service; database: Service }> {
  const { databaseUrl, redisUrl } = settings
  const password = readSecrets(folder).postgresPassword
  const redis =
    redisUrl === undefined
      ? await startRedis(folder, signal)
      : await step('Connecting to Redis', () => useGivenRedis(redisUrl))
  stack.add(redis.stop)
  assertNotStopped(signal)
  const database =
    databaseUrl === undefined
      ? await step('Starting PostgreSQL', () => startPostgres({ folder, password, signal }))
      : await step('Connecting to PostgreSQL', () => useGivenPostgres(databaseUrl))
  stack.add(database.stop)
  assertNotStopped(signal)
  return { redis, database }
}

async function assertPortFree(port: number): Promise<void> {
  const problem = await portProblem(port)
  if (problem === undefined) return
  const why = problem === 'EADDRINUSE' ? 'is already in use' : `cannot be listened on (${problem})`
  throw new Refusal(
    `Port ${port} ${why}: stop what uses it, or choose another one, as in PORT=${await freePort()} npx -y pnpm@12 start`,
  )
}

async function migrate(env: NodeJS.ProcessEnv, adminUrl: string, signal: AbortSignal): Promise<void> {
  const { code, output } = await capture(process.execPath, ['apps/control-plane/dist/migrate.js'], {
    cwd: ROOT,
    env: { ...env, MIGRATIONS_DATABASE_URL: adminUrl },
    signal,
  })
  if (code !== 0) throw new Refusal(`The database could not be prepared: ${output.trim().slice(0, 500)}`)
}

async function untilServing({ settings, folder, signal }: ProductOptions): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    assertNotStopped(signal)
    const answer = await fetch(`http://localhost:${settings.port}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
    await delay(100)
  }
  throw new Refusal(
    `The control plane runs but does not get ready at ${settings.baseUrl}: see why in ${join(folder, 'logs/control-plane.log')}.`,
  )
}

function assertNotStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new Refusal('Stopped before everything was ready; everything so far is kept.')
}
