import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a deployment keeps to itself; made at the first start. */
export interface Secrets {
  readonly postgresPassword: string
  readonly appPassword: string
  readonly enginePassword: string
  /** 32 bytes in Base64. */
  readonly masterKey: string
  /** The demo's automations hold the stub's address, so that it must stay the same. */
  readonly stubPort?: number
  /** What the demo's seed printed; absent until it ran. */
  readonly demo?: Readonly<Record<string, string>>
}

const FILE = 'secrets.json'

export function readSecrets(folder: string): Secrets {
  const file = join(folder, FILE)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  const password = (): string => randomBytes(24).toString('base64url')
  const secrets = {
    postgresPassword: password(),
    appPassword: password(),
    enginePassword: password(),
    masterKey: randomBytes(32).toString('base64'),
  }
  writeSecrets(folder, secrets)
  return secrets
}

export function writeSecrets(folder: string, secrets: Secrets): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
}
