import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { childrenOf } from './processes.js'
import { temporaryFolder } from './temporary-folder.js'

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

const START_TIMEOUT_MS = 120_000

/** What the launcher writes for scripts. */
export interface Demo {
  readonly baseUrl: string
  readonly portalEmail: string
  readonly portalPassword: string
  readonly apiKey: string
  readonly tenantId: string
  readonly customerId: string
  readonly embedSigningKey: string
  readonly embedKeyId: string
  readonly webhookUrl: string
  readonly stubUrl: string
}

/** The whole product as a user starts it: the launcher with a PostgreSQL and a Redis of its own. */
export class RunningProduct {
  private constructor(
    readonly demo: Demo,
    readonly folder: string,
    private readonly launcher: ChildProcess,
  ) {}

  /**
   * @param folder keeps the data; a new temporary one when absent
   * @param env further settings of the product
   */
  static async start(folder = temporaryFolder(), env: NodeJS.ProcessEnv = {}): Promise<RunningProduct> {
    const launcher = launch({ INLAY_DATA_DIR: folder, PORT: String(await freePort()), ...env })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    launcher.stdout?.on('data', keep)
    launcher.stderr?.on('data', keep)
    const deadline = Date.now() + START_TIMEOUT_MS
    while (!output.includes('Stop with Ctrl-C')) {
      if (launcher.exitCode !== null || Date.now() > deadline) throw new Error(`The product did not start:\n${output}`)
      await delay(50)
    }
    // The launcher wrote it, with just these fields.
    const demo = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as Demo
    return new RunningProduct(demo, folder, launcher)
  }

  /** Calls the REST API with the demo's key. @throws Error with the problem document when the call is refused */
  async api<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.demo.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${this.demo.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text) as T
  }

  /** Creates a workflow with a webhook, and does not publish it. @returns its id */
  async create(name: string, steps: readonly unknown[]): Promise<string> {
    const definition = { schema: 'inlay/workflow@1', name, trigger: { type: 'webhook' }, steps }
    const { customerId } = this.demo
    return (await this.api<{ id: string }>('POST', '/v1/workflows', { customerId, name, definition })).id
  }

  /** Creates and publishes a workflow. @returns its id and webhook address */
  async publish(name: string, steps: readonly unknown[]): Promise<{ id: string; webhookUrl: string }> {
    const id = await this.create(name, steps)
    await this.api('POST', `/v1/workflows/${id}/publish`, {})
    const { trigger } = await this.api<{ trigger: { webhookUrl: string } }>('GET', `/v1/workflows/${id}`)
    return { id, webhookUrl: trigger.webhookUrl }
  }

  /** Process ids of the launcher's children whose command line holds a text. */
  async pidsOf(text: string): Promise<number[]> {
    return this.children()
      .filter(({ command }) => command.includes(text))
      .map(({ pid }) => pid)
  }

  /** The command line of the child whose command line holds a text. */
  async commandOf(text: string): Promise<string> {
    return this.children().find(({ command }) => command.includes(text))?.command ?? ''
  }

  /** Ctrl-C, then waits for the end. @returns the launcher's exit code */
  async interrupt(): Promise<number | null> {
    if (this.launcher.exitCode === null && this.launcher.signalCode === null) {
      this.launcher.kill('SIGINT')
      await new Promise((resolve) => this.launcher.once('exit', resolve))
    }
    return this.launcher.exitCode
  }

  /** Ends the launcher as the system does when memory runs out: it cannot stop anything. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.launcher.once('exit', resolve))
    this.launcher.kill('SIGKILL')
    await ended
  }

  /** Stops everything and throws the data away. */
  async dispose(): Promise<void> {
    await this.interrupt()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private children(): { pid: number; command: string }[] {
    return childrenOf(this.launcher.pid ?? 0)
  }
}

/** Starts the launcher as a process of its own. */
export function launch(env: NodeJS.ProcessEnv, user: Pick<SpawnOptions, 'uid' | 'gid'> = {}): ChildProcess {
  const inherited = { ...process.env }
  // The product under test brings its own servers, and Vite sets BASE_URL for purposes of its own.
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'BASE_URL', 'VITEST', 'NODE_ENV']) delete inherited[name]
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/src/start.ts'], {
    cwd: ROOT,
    env: { ...inherited, ...env },
    ...user,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      // A server that listens on TCP has an AddressInfo, never a pipe's name.
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Whether the product was built: these tests drive what users run. */
export function isBuilt(): boolean {
  return existsSync(join(ROOT, 'apps/control-plane/dist/main.js'))
}
