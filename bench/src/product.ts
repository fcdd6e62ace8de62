import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonValue } from '@inlay/engine'
import { request } from 'undici'
import { freePort } from './free-port.js'
import { findDescendant, type ObservedProcess } from './process-table.js'
import type { LineTarget } from './rounds/throughput.js'

const START_TIMEOUT_MS = 300_000
const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the launcher writes for scripts; see `.inlay/demo.json` in the README. */
interface Demo {
  readonly baseUrl: string
  readonly apiKey: string
  readonly customerId: string
  readonly stubUrl: string
}

export interface PublishedWorkflow {
  readonly workflowId: string
  /** Empty for a workflow that no webhook starts. */
  readonly hookUrl: string
}

/** The whole product, started as a newcomer would, in a data folder of its own. */
export class Product {
  private constructor(
    readonly demo: Demo,
    private readonly launcher: ChildProcess,
    private readonly dataDir: string,
  ) {}

  /** Starts the product on this PostgreSQL and the Redis named by `REDIS_URL`. */
  static async start(databaseUrl: string): Promise<Product> {
    const dataDir = await mkdtemp(join(tmpdir(), 'inlay-bench-'))
    const own = { INLAY_DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn' }
    const launcher = spawn('node', ['--import', 'tsx', 'scripts/src/start.ts'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl, ...own },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const demo = await waitForDemo(join(dataDir, 'demo.json'), launcher)
    return new Product(demo, launcher, dataDir)
  }

  /** Creates and publishes a workflow. */
  async publish(definition: JsonValue): Promise<PublishedWorkflow> {
    const { customerId } = this.demo
    const created = await this.call('POST', '/v1/workflows', { customerId, name: 'Benchmark', definition })
    const workflowId = String(created['id'])
    await this.call('POST', `/v1/workflows/${workflowId}/publish`, {})
    const workflow = await this.call('GET', `/v1/workflows/${workflowId}`)
    // The API's `Workflow` type says so; this file reads plain JSON to depend on nothing but the documented REST.
    const trigger = workflow['trigger'] as { webhookUrl?: string }
    return { hookUrl: trigger.webhookUrl ?? '', workflowId }
  }

  /** Starts a run through the API; resolves to its id. */
  async startRun(workflowId: string): Promise<string> {
    const run = await this.call('POST', `/v1/workflows/${workflowId}/runs`, { input: {} })
    return String(run['id'])
  }

  /** A process of the product, for its memory and processor time; undefined where they cannot be read. */
  process(name: 'control-plane' | 'worker'): ObservedProcess | undefined {
    return findDescendant(this.launcher.pid ?? 0, `apps/${name}/`)
  }

  /** A workflow that a webhook starts, as something to load. */
  target({ hookUrl, workflowId }: PublishedWorkflow): LineTarget {
    const count = (status: string): Promise<number> => this.countRuns(workflowId, status)
    return { hookUrl, openRuns: async () => (await count('running')) + (await count('pending')) }
  }

  /** How many runs of a workflow have one of these statuses; counts to 100 at most. */
  private async countRuns(workflowId: string, status: string): Promise<number> {
    const page = await this.call('GET', `/v1/runs?workflowId=${workflowId}&status=${status}&limit=100`)
    return (page['data'] as unknown[]).length
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.launcher.once('exit', resolve))
    this.launcher.kill('SIGTERM')
    await ended
    await rm(this.dataDir, { recursive: true, force: true })
  }

  private async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await request(this.demo.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${this.demo.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`)
    return JSON.parse(text) as Record<string, unknown>
  }
}

async function waitForDemo(file: string, launcher: ChildProcess): Promise<Demo> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (launcher.exitCode !== null) throw new Error(`The launcher ended with code ${launcher.exitCode}.`)
    const demo = await readDemo(file)
    if (demo !== undefined && (await isReady(demo.baseUrl))) return demo
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The product was not ready within five minutes.')
}

async function readDemo(file: string): Promise<Demo | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Demo
  } catch {
    return undefined
  }
}

async function isReady(baseUrl: string): Promise<boolean> {
  try {
    const answer = await request(`${baseUrl}/readyz`)
    await answer.body.dump()
    return answer.statusCode === 200
  } catch {
    return false
  }
}
