import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'

const START_TIMEOUT_MS = 300_000
const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the launcher writes for scripts; see `.inlay/demo.json` in the README. */
interface Demo {
  readonly baseUrl: string
  readonly apiKey: string
  readonly customerId: string
  readonly stubUrl: string
}

/** The whole product, started as a newcomer would, in a data folder of its own. */
export class Product {
  private constructor(
    readonly demo: Demo,
    private readonly launcher: ChildProcess,
    private readonly dataDir: string,
  ) {}

  /** Starts the product on the PostgreSQL and Redis named by `DATABASE_URL` and `REDIS_URL`. */
  static async start(): Promise<Product> {
    const dataDir = await mkdtemp(join(tmpdir(), 'inlay-bench-'))
    const launcher = spawn('node', ['--import', 'tsx', 'scripts/src/start.ts'], {
      cwd: root,
      env: { ...process.env, INLAY_DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const demo = await waitForDemo(join(dataDir, 'demo.json'), launcher)
    return new Product(demo, launcher, dataDir)
  }

  /** Creates and publishes the benchmark's workflow: set three fields, branch, POST to the stub. */
  async publishWorkflow(stubUrl: string): Promise<{ hookUrl: string; workflowId: string }> {
    const created = await this.call('POST', '/v1/workflows', {
      customerId: this.demo.customerId,
      name: 'Benchmark',
      definition: benchmarkDefinition(stubUrl),
    })
    const workflowId = String(created['id'])
    await this.call('POST', `/v1/workflows/${workflowId}/publish`, {})
    const workflow = await this.call('GET', `/v1/workflows/${workflowId}`)
    // The API's `Workflow` type says so; this file reads plain JSON to depend on nothing but the documented REST.
    const trigger = workflow['trigger'] as { webhookUrl: string }
    return { hookUrl: trigger.webhookUrl, workflowId }
  }

  /** How many runs of a workflow have one of these statuses; counts to 100 at most. */
  async countRuns(workflowId: string, status: string): Promise<number> {
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

function benchmarkDefinition(stubUrl: string): unknown {
  const input = {
    method: 'POST',
    url: `${stubUrl}/effect`,
    body: { text: 'Order {{ steps.order.output.id }}', sentAt: '{{ trigger.body.sentAt }}' },
  }
  const tell = { id: 'tell', type: 'action', connector: 'http', action: 'request', input }
  return {
    schema: 'inlay/workflow@1',
    name: 'Benchmark',
    trigger: { type: 'webhook' },
    steps: [
      {
        id: 'order',
        type: 'set',
        values: {
          id: '{{ trigger.body.order.id }}',
          total: '{{ trigger.body.order.total }}',
          currency: '{{ trigger.body.order.currency }}',
        },
      },
      { id: 'size', type: 'branch', cases: [{ if: '{{ steps.order.output.total > 50 }}', steps: [tell] }], else: [] },
    ],
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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
