import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from '../build/build.js'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'
import { step } from '../progress.js'
import { freePort, isPortFree } from '../services/free-port.js'
import { startPostgres } from '../services/postgres.js'
import { startRedis } from '../services/redis.js'
import type { Service } from '../services/service.js'
import { lockDataFolder, prepareDataFolder, unlockDataFolder } from './data-folder.js'
import { type Demo, prepareDemo } from './demo-file.js'
import { readSecrets, writeSecrets } from './secrets.js'
import { Supervisor } from './supervisor.js'

const READY_TIMEOUT_MS = 60_000

export interface ProductOptions {
  readonly folder: string
  readonly port: number
  /** `DATABASE_URL` and `REDIS_URL` in it replace our own servers. */
  readonly env: NodeJS.ProcessEnv
  /** Ends the start early: somebody pressed Ctrl-C. */
  readonly signal?: AbortSignal
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
    return await startAll(options, stack)
  } catch (error) {
    await stack.stop()
    throw error
  }
}

async function startAll({ folder, port, env, signal }: ProductOptions, stack: StopStack): Promise<Product> {
  prepareDataFolder(folder)
  lockDataFolder(folder)
  stack.add(async () => unlockDataFolder(folder))
  if (!(await isPortFree(port))) {
    throw new Refusal(
      `Port ${port} is already in use. Stop what uses it, or choose another one: PORT=${port + 1} npx -y pnpm@12 start`,
    )
  }
  const secrets = readSecrets(folder)
  const redis = await step('Starting Redis', () => startRedis(folder, env))
  stack.add(redis.stop)
  await build()
  const database = await step('Starting PostgreSQL', () => startDatabase(folder, env, secrets.postgresPassword))
  stack.add(database.stop)
  const stub = await startStub(folder)
  const baseUrl = env['BASE_URL'] ?? `http://localhost:${port}`
  const processEnv: NodeJS.ProcessEnv = {
    ...env,
    NODE_ENV: 'production',
    PORT: String(port),
    BASE_URL: baseUrl,
    DATABASE_URL: withRole(database.url, 'inlay_app', secrets.appPassword),
    ENGINE_DATABASE_URL: withRole(database.url, 'inlay_engine', secrets.enginePassword),
    REDIS_URL: redis.url,
    INLAY_MASTER_KEY: env['INLAY_MASTER_KEY'] ?? secrets.masterKey,
    INLAY_EGRESS_ALLOW: env['INLAY_EGRESS_ALLOW'] ?? `${stub.host}/32`,
  }
  await step('Preparing the database', () => migrate(processEnv, database.url))
  const demo = await step('Preparing the demo', () => prepareDemo(folder, processEnv, { baseUrl, stubUrl: stub.url }))
  stub.supervisor.start()
  stack.add(() => stub.supervisor.stop())
  for (const name of ['control-plane', 'worker'] as const) {
    const supervisor = new Supervisor({
      name,
      script: `apps/${name}/dist/main.js`,
      env: processEnv,
      logFile: join(folder, `logs/${name}.log`),
    })
    stack.add(() => supervisor.stop())
    supervisor.start()
  }
  await step('Starting control plane and worker', () => untilReady({ baseUrl, port, folder, signal }))
  return { demo, stop: () => stack.stop() }
}

async function startDatabase(folder: string, env: NodeJS.ProcessEnv, password: string): Promise<Service> {
  const given = env['DATABASE_URL']
  return given === undefined || given === ''
    ? startPostgres({ folder, password })
    : { url: given, stop: async () => {} }
}

interface Stub {
  readonly url: string
  readonly host: string
  readonly supervisor: Supervisor
}

/** On Linux all of 127.0.0.0/8 is this machine, so the stub gets an address that nothing else listens on. */
async function startStub(folder: string): Promise<Stub> {
  const host = process.platform === 'linux' ? '127.0.0.77' : '127.0.0.1'
  const secrets = readSecrets(folder)
  const port = secrets.stubPort ?? (await freePort())
  if (secrets.stubPort === undefined) writeSecrets(folder, { ...secrets, stubPort: port })
  const env = { ...process.env, STUB_HOST: host, STUB_PORT: String(port) }
  const supervisor = new Supervisor({
    name: 'demo stub',
    script: 'scripts/dist/product/stub.js',
    env,
    logFile: join(folder, 'logs/stub.log'),
  })
  return { url: `http://${host}:${port}`, host, supervisor }
}

async function migrate(env: NodeJS.ProcessEnv, adminUrl: string): Promise<void> {
  const { code, output } = await capture(process.execPath, ['apps/control-plane/dist/migrate.js'], {
    cwd: ROOT,
    env: { ...env, MIGRATIONS_DATABASE_URL: adminUrl },
  })
  if (code !== 0) throw new Refusal(`The database could not be prepared: ${output.trim().slice(0, 500)}`)
}

function withRole(url: string, role: string, password: string): string {
  const scoped = new URL(url)
  scoped.username = role
  scoped.password = password
  return scoped.href
}

interface Readiness {
  readonly baseUrl: string
  readonly port: number
  readonly folder: string
  readonly signal: AbortSignal | undefined
}

async function untilReady({ baseUrl, port, folder, signal }: Readiness): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (signal?.aborted === true) throw new Refusal('Stopped before everything was ready.')
    const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
    await delay(100)
  }
  throw new Refusal(`The control plane did not get ready at ${baseUrl}. See ${join(folder, 'logs/control-plane.log')}.`)
}

/** What has to be stopped, last started first. */
class StopStack {
  private readonly stops: (() => Promise<void>)[] = []

  add(stop: () => Promise<void>): void {
    this.stops.push(stop)
  }

  async stop(): Promise<void> {
    for (let stop = this.stops.pop(); stop !== undefined; stop = this.stops.pop()) await stop()
  }
}
