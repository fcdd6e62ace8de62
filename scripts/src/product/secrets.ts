import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../failure.js'

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
  /** The database that the demo is in. */
  readonly demoDatabase?: string
}

const REQUIRED = ['postgresPassword', 'appPassword', 'enginePassword', 'masterKey'] as const

/** Reads what the folder keeps, and makes it at the first start. @throws Refusal when it is damaged */
export function readSecrets(folder: string): Secrets {
  const file = fileIn(folder)
  if (existsSync(file)) return parse(readFileSync(file, 'utf8'), file)
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

/** A crash leaves the old file or the new one, never half of one. */
export function writeSecrets(folder: string, secrets: Secrets): void {
  const part = `${fileIn(folder)}.part`
  writeFileSync(part, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(part, fileIn(folder))
}

function fileIn(folder: string): string {
  return join(folder, 'secrets.json')
}

function parse(text: string, file: string): Secrets {
  try {
    // `writeSecrets` wrote it; what the product cannot do without is checked, since people may have edited it.
    const secrets = JSON.parse(text) as Secrets
    if (REQUIRED.every((name) => typeof secrets[name] === 'string')) return secrets
  } catch {
    // The same as a file that lacks something.
  }
  throw new Refusal(
    `The file ${file} is damaged, and without it the data cannot be opened: put back a copy of it, or move the whole data folder away to start afresh.`,
  )
}
