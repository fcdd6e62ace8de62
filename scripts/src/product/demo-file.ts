import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'
import { readSecrets, writeSecrets } from './secrets.js'

/** What `demo.json` tells scripts that drive the demo. */
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

export interface DemoOptions {
  readonly baseUrl: string
  readonly stubUrl: string
  /** A login that may read what the server says of itself. */
  readonly databaseUrl: string
  readonly signal: AbortSignal | undefined
}

/** Seeds the demo the first time that a database is used. Answers how to drive it: addresses may have changed since. */
export async function prepareDemo(folder: string, env: NodeJS.ProcessEnv, options: DemoOptions): Promise<Demo> {
  const { baseUrl, stubUrl, databaseUrl, signal } = options
  const secrets = readSecrets(folder)
  const database = await identify(databaseUrl)
  const known = secrets.demoDatabase === database ? secrets.demo : undefined
  const demo = known ?? (await seed({ ...env, DEMO_STUB_URL: stubUrl }, signal))
  if (known === undefined) writeSecrets(folder, { ...secrets, demo, demoDatabase: database })
  const webhookPath = new URL(demo['webhookUrl'] ?? '/', baseUrl).pathname
  // The seed's output has the remaining fields; see `apps/control-plane/src/demo/seed.ts`.
  return { baseUrl, ...demo, webhookUrl: baseUrl + webhookPath, stubUrl } as Demo
}

/** Written when everything is ready, so that a script may wait for it. */
export function writeDemoFile(folder: string, demo: Demo): void {
  writeFileSync(fileIn(folder), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
}

/** What an earlier start has written may not hold any more. */
export function removeDemoFile(folder: string): void {
  rmSync(fileIn(folder), { recursive: true, force: true })
}

function fileIn(folder: string): string {
  return join(folder, 'demo.json')
}

/** Tells one database from all others: the cluster, and which one in it. */
async function identify(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql<{ id: string }[]>`SELECT system_identifier || '/' || oid AS id
      FROM pg_control_system(), pg_database WHERE datname = current_database()`
    return row?.id ?? ''
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function seed(env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<Record<string, string>> {
  const { code, output } = await capture(process.execPath, ['apps/control-plane/dist/demo/seed.js'], {
    cwd: ROOT,
    env: { ...env, LOG_LEVEL: 'silent' },
    signal,
  })
  const line = output.trim().split('\n').at(-1) ?? ''
  if (code !== 0 || !line.startsWith('{')) throw new Refusal(`The demo could not be set up: ${line.slice(0, 500)}`)
  return JSON.parse(line) as Record<string, string>
}
