import { z } from 'zod'

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/.+/, 'must be an address such as postgres://user:password@host:5432/name')

const keyList = z.string().transform((text, context) => {
  const keys = new Map<string, Buffer>()
  for (const part of text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')) {
    const separator = part.indexOf(':')
    const id = separator < 0 ? 'k1' : part.slice(0, separator)
    const bytes = Buffer.from(part.slice(separator + 1), 'base64')
    if (bytes.length !== 32 || !/^[A-Za-z0-9_-]{1,16}$/.test(id)) {
      context.addIssue('must be 32 bytes in Base64, or id:bytes pairs separated by commas, the key in use first')
      return z.NEVER
    }
    keys.set(id, bytes)
  }
  const [current] = keys.keys()
  if (current === undefined) {
    context.addIssue('must not be empty')
    return z.NEVER
  }
  return { current, keys }
})

const cidrList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )

const environment = z.object({
  DATABASE_URL: postgresUrl,
  ENGINE_DATABASE_URL: postgresUrl,
  REDIS_URL: z.string().regex(/^rediss?:\/\/.+/, 'must be an address such as redis://host:6379'),
  INLAY_MASTER_KEY: keyList,
  INLAY_EGRESS_ALLOW: cidrList,
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(4400),
  BASE_URL: z
    .string()
    .regex(/^https?:\/\/[^/]+$/, 'must be an origin such as https://automation.example.com')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  WORKER_CONCURRENCY: z.coerce.number('must be a number').int().min(1).max(10_000).default(200),
})

/** Master keys by id; secrets are sealed with `current` and opened with the key that their own id names. */
export interface MasterKeys {
  readonly current: string
  readonly keys: ReadonlyMap<string, Buffer>
}

/** The settings of a process, complete and checked. */
export interface Config {
  /** As the role `inlay_app`. */
  readonly databaseUrl: string
  /** As the role `inlay_engine`. */
  readonly engineDatabaseUrl: string
  readonly redisUrl: string
  readonly masterKeys: MasterKeys
  /** CIDR blocks that may be called though they are not public. */
  readonly egressAllow: readonly string[]
  readonly port: number
  /** The origin under which people reach the control plane, without a slash at the end. */
  readonly baseUrl: string
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** Runs in progress at once in one worker. */
  readonly workerConcurrency: number
}

/** What is wrong with the environment, a sentence for each variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
  }
}

/** @throws ConfigError that names each variable and what it should be; values are never repeated in it */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => problemOf(issue, env)))
  const values = parsed.data
  return {
    databaseUrl: values.DATABASE_URL,
    engineDatabaseUrl: values.ENGINE_DATABASE_URL,
    redisUrl: values.REDIS_URL,
    masterKeys: values.INLAY_MASTER_KEY,
    egressAllow: values.INLAY_EGRESS_ALLOW,
    port: values.PORT,
    baseUrl: values.BASE_URL ?? `http://localhost:${values.PORT}`,
    logLevel: values.LOG_LEVEL,
    workerConcurrency: values.WORKER_CONCURRENCY,
  }
}

function problemOf(issue: z.core.$ZodIssue, env: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0])
  if (env[name] === undefined) return `${name} is not set. It ${expectationOf(name)}.`
  return `${name} ${issue.message}.`
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
  DATABASE_URL: 'is the PostgreSQL address with the role inlay_app',
  ENGINE_DATABASE_URL: 'is the PostgreSQL address with the role inlay_engine',
  REDIS_URL: 'is the address of Redis, such as redis://localhost:6379',
  INLAY_MASTER_KEY: 'is 32 random bytes in Base64; make them with: openssl rand -base64 32',
}

function expectationOf(name: string): string {
  return EXPECTATIONS[name] ?? 'is needed'
}
