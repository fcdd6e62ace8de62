import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Seeds the demo at the first start, and writes `demo.json` at every start: addresses may have changed. */
export async function prepareDemo(
  folder: string,
  env: NodeJS.ProcessEnv,
  { baseUrl, stubUrl }: { baseUrl: string; stubUrl: string },
): Promise<Demo> {
  const secrets = readSecrets(folder)
  const seeded = secrets.demo ?? (await seed({ ...env, DEMO_STUB_URL: stubUrl }))
  if (secrets.demo === undefined) writeSecrets(folder, { ...secrets, demo: seeded })
  const webhookPath = new URL(seeded['webhookUrl'] ?? '/', baseUrl).pathname
  // The seed's output has the remaining fields; see `apps/control-plane/src/demo/seed.ts`.
  const demo = { baseUrl, ...seeded, webhookUrl: baseUrl + webhookPath, stubUrl } as Demo
  writeFileSync(join(folder, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  return demo
}

async function seed(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const { code, output } = await capture(process.execPath, ['apps/control-plane/dist/demo/seed.js'], {
    cwd: ROOT,
    env: { ...env, LOG_LEVEL: 'silent' },
  })
  const line = output.trim().split('\n').at(-1) ?? ''
  if (code !== 0 || !line.startsWith('{'))
    throw new Refusal(`The demo could not be set up: ${output.trim().slice(-500)}`)
  return JSON.parse(line) as Record<string, string>
}
