/** The product's own processes, and what each is told. */

import { join } from 'node:path'
import { ROOT } from '../paths.js'
import { freePort } from '../services/free-port.js'
import type { Service } from '../services/service.js'
import { Supervisor } from '../services/supervisor.js'
import { readSecrets, writeSecrets } from './secrets.js'
import type { Settings } from './settings.js'

/** Where the demo's third-party service listens. */
export interface StubAddress {
  readonly host: string
  readonly port: number
  readonly url: string
}

/**
 * On Linux all of 127.0.0.0/8 is this machine, so the stub gets an address that nothing else listens on. It stays the
 * same: the demo's automations hold it.
 */
export async function stubAddress(folder: string): Promise<StubAddress> {
  const host = process.platform === 'linux' ? '127.0.0.77' : '127.0.0.1'
  const secrets = readSecrets(folder)
  const port = secrets.stubPort ?? (await freePort())
  if (secrets.stubPort === undefined) writeSecrets(folder, { ...secrets, stubPort: port })
  return { host, port, url: `http://${host}:${port}` }
}

export interface EnvironmentOptions {
  readonly folder: string
  readonly settings: Settings
  readonly database: Service
  readonly redis: Service
  readonly stub: StubAddress
}

/** The environment of control plane and worker: what is around, completed. */
export function productEnvironment(env: NodeJS.ProcessEnv, options: EnvironmentOptions): NodeJS.ProcessEnv {
  const { folder, settings, database, redis, stub } = options
  const secrets = readSecrets(folder)
  return {
    ...env,
    NODE_ENV: 'production',
    PORT: String(settings.port),
    BASE_URL: settings.baseUrl,
    DATABASE_URL: withRole(database.url, 'inlay_app', secrets.appPassword),
    ENGINE_DATABASE_URL: withRole(database.url, 'inlay_engine', secrets.enginePassword),
    REDIS_URL: redis.url,
    INLAY_MASTER_KEY: env['INLAY_MASTER_KEY'] || secrets.masterKey,
    INLAY_EGRESS_ALLOW: env['INLAY_EGRESS_ALLOW'] || `${stub.host}/32`,
    BLOB_STORE: env['BLOB_STORE'] || `file:${join(folder, 'blobs')}`,
  }
}

/** Control plane, worker and stub; none of them runs yet. */
export function superviseProcesses(folder: string, env: NodeJS.ProcessEnv, stub: StubAddress): readonly Supervisor[] {
  const supervise = (name: string, script: string, own: NodeJS.ProcessEnv): Supervisor =>
    new Supervisor({
      name,
      folder,
      program: process.execPath,
      // A path below the checkout, so that the command line says what it is.
      args: [script],
      mark: script,
      spawn: { cwd: ROOT, env: own },
    })
  return [
    supervise('demo-stub', 'scripts/dist/product/stub.js', {
      ...process.env,
      STUB_HOST: stub.host,
      STUB_PORT: String(stub.port),
    }),
    supervise('control-plane', 'apps/control-plane/dist/main.js', env),
    supervise('worker', 'apps/worker/dist/main.js', env),
  ]
}

function withRole(url: string, role: string, password: string): string {
  const scoped = new URL(url)
  scoped.username = role
  scoped.password = password
  return scoped.href
}
