import { isIP } from 'node:net'
import { z } from 'zod'
import { type BridgedPieceConfig, bridgedPieces } from './bridged-pieces.js'
import { type OperatorClients, oauthClients } from './oauth-clients.js'

const DAY_MS = 86_400_000
const KEY_BYTES = 32
const KEY_ID = /^[A-Za-z0-9_-]{1,16}$/

const postgresUrl = z
  .string()
  .refine(isUrlOf('postgres:', 'postgresql:'), 'must be an address such as postgres://user:password@host:5432/name')

const redisUrl = z.string().refine(isUrlOf('redis:', 'rediss:'), 'must be an address such as redis://host:6379')

const keyList = z.string().transform((text, context) => {
  const keys = new Map<string, Buffer>()
  for (const part of listOf(text)) {
    const separator = part.indexOf(':')
    const id = separator < 0 ? 'k1' : part.slice(0, separator)
    const bytes = Buffer.from(part.slice(separator + 1), 'base64')
    if (bytes.length !== KEY_BYTES || !KEY_ID.test(id) || keys.has(id)) {
      context.addIssue(
        `must be ${KEY_BYTES} bytes in Base64, or id:bytes pairs separated by commas, the key in use first`,
      )
      return z.NEVER
    }
    keys.set(id, bytes)
  }
  const [current] = keys.keys()
  if (current !== undefined) return { current, keys }
  context.addIssue(`must be ${KEY_BYTES} bytes in Base64; make them with: openssl rand -base64 ${KEY_BYTES}`)
  return z.NEVER
})

const origin = z
  .string()
  .refine(
    (text) => isUrlOf('http:', 'https:')(text) && new URL(text).origin === text,
    'must be an origin without a path, such as https://automation.example.com',
  )

const hostList = z
  .string()
  .transform((text) => listOf(text).map((host) => host.toLowerCase()))
  .refine(
    (hosts) => hosts.every((host) => /^[\w.-]+(:\d+)?$/.test(host)),
    'must be names of hosts, separated by commas, such as api.example.com,internal.example.com:8443',
  )

const hostName = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine((host) => /^[\w-]+(\.[\w-]+)*$/.test(host), 'must be the name of a host, such as automation.example.com')

const nameServers = z
  .string()
  .transform(listOf)
  .refine(
    (servers) => servers.every((server) => isIP(server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')) !== 0),
    'must be addresses, separated by commas, such as 192.0.2.53 or 192.0.2.53:5353',
  )

const proxyUrl = z
  .string()
  .refine(
    (text) => isUrlOf('http:', 'https:')(text) && new URL(text).pathname === '/' && new URL(text).search === '',
    'must be an address such as http://user:password@proxy.example.com:3128',
  )

const serviceUrl = z
  .string()
  .refine(isUrlOf('http:', 'https:'), 'must be an address such as https://keys.example.com/inlay')
  .transform((text) => text.replace(/\/+$/, ''))

const blobPlace = z.string().transform((text, context): BlobPlace => {
  const folder = /^file:(?:\/\/)?(\/.+)$/.exec(text)?.[1]
  if (folder !== undefined) return { kind: 'folder', folder }
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(text) ?? []
  if (bucket !== undefined) return { kind: 's3', bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` }
  context.addIssue('must be file: with the whole path of a folder, such as file:/var/lib/inlay, or s3://bucket/prefix')
  return z.NEVER
})

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

const environment = z.object({
  DATABASE_URL: postgresUrl,
  ENGINE_DATABASE_URL: postgresUrl,
  REDIS_URL: redisUrl,
  INLAY_MASTER_KEY: keyList,
  KEY_SERVICE_URL: serviceUrl.optional(),
  KEY_SERVICE_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  INLAY_EGRESS_ALLOW: z.string().default('').transform(listOf),
  EGRESS_PROXY: proxyUrl.optional(),
  EGRESS_PROXY_BYPASS: z.string().default('').transform(listOf),
  EGRESS_TRACE_HOSTS: hostList.default([]),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isUrlOf('http:', 'https:'), 'must be an address such as http://collector:4318')
    .optional(),
  PORT: wholeNumber(1, 65_535).default(4400),
  BASE_URL: origin.optional(),
  OTHER_HOSTS: hostList.default([]),
  DOMAIN_TARGET: hostName.optional(),
  DOMAIN_CHALLENGE: z
    .string()
    .regex(/^_[a-z0-9-]{1,50}$/, 'must be a label such as _acme-domain')
    .default('_domain-challenge'),
  DOMAIN_ASK_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  DNS_SERVERS: nameServers.default([]),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  WORKER_CONCURRENCY: wholeNumber(1, 10_000).default(200),
  WORKER_METRICS_PORT: wholeNumber(1, 65_535).optional(),
  EAGER_RUNS: wholeNumber(0, 10_000).default(50),
  QUEUED_RUNS_PER_CUSTOMER: wholeNumber(1, 10_000).default(200),
  KEEP_EVENTS_DAYS: wholeNumber(1, 3650).default(90),
  BLOB_STORE: blobPlace.optional(),
  MAX_UPLOAD_BYTES: wholeNumber(1, 104_857_600).default(25_000_000),
  OAUTH_CLIENTS: oauthClients.optional(),
  EXTRA_CONNECTORS: z.string().default('').transform(listOf),
  BRIDGED_PIECES: bridgedPieces.optional(),
  AI_API_URL: serviceUrl.optional(),
  AI_API_KEY: z.string().min(1).optional(),
  AI_MODEL: z.string().min(1).max(200).optional(),
})

/** All that a process reads from its environment. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape)

/** What a variable without a default is for, when it is not set. */
const PURPOSES: Readonly<Record<string, string>> = {
  DATABASE_URL: 'It is the address of PostgreSQL with the role inlay_app',
  ENGINE_DATABASE_URL: 'It is the address of PostgreSQL with the role inlay_engine',
  MIGRATIONS_DATABASE_URL: 'It is the address of PostgreSQL with a login that may create roles and will own the tables',
  REDIS_URL: 'It is the address of Redis, such as redis://localhost:6379',
  INLAY_MASTER_KEY: `It is ${KEY_BYTES} random bytes in Base64; make them with: openssl rand -base64 ${KEY_BYTES}`,
}

/** Master keys by id; secrets are sealed with `current` and opened with the key that their own id names. */
export interface MasterKeys {
  readonly current: string
  readonly keys: ReadonlyMap<string, Buffer>
}

/** Where an external key service is. */
export interface KeyServiceConfig {
  /** Without a slash at its end. */
  readonly url: string
  /** Requests are signed with it. */
  readonly secret: string
}

/** A model that writes drafts of workflows, behind the chat completions API of OpenAI. */
export interface AiConfig {
  /** Without a slash at its end, such as `https://api.openai.com/v1`. */
  readonly url: string
  readonly key: string
  readonly model: string
}

/** Where outputs are kept that are too large for the journal: on one machine in a folder, else in a bucket. */
export type BlobPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3'
      readonly bucket: string
      /** Put before every key; empty, or with a slash at its end. */
      readonly prefix: string
    }

/** The way out, as `createEgress` of `@inlay/engine/http` takes it. */
export interface EgressConfig {
  /** CIDR blocks that may be called though they are not public. */
  readonly allow: readonly string[]
  /** The forward proxy, with its password, and the CIDR blocks that are reached without it. @default none */
  readonly proxy?: { readonly url: string; readonly bypass: readonly string[] }
  /** Hosts that are told of the trace that a call belongs to. */
  readonly traceHosts: readonly string[]
}

/** How tenants get domains of their own. */
export interface DomainsConfig {
  /** The host that tenants' CNAME records name. @default the host of `baseUrl` */
  readonly target: string
  /** The first part of the name of the TXT record that proves a domain. @default '_domain-challenge' */
  readonly challengeLabel: string
  /** What a proxy sends along when it asks whether to get a certificate. @default none: only this machine may ask */
  readonly askToken: string | undefined
  /** Name servers to ask, as `address` or `address:port`. @default those of the system */
  readonly dnsServers: readonly string[]
  /** Further names under which the operator reaches the control plane. @default none */
  readonly otherHosts: readonly string[]
}

/** The settings of a process, complete and checked. */
export interface Config {
  /** As the role `inlay_app`. */
  readonly databaseUrl: string
  /** As the role `inlay_engine`. */
  readonly engineDatabaseUrl: string
  readonly redisUrl: string
  readonly masterKeys: MasterKeys
  /** Wraps data keys in place of the master keys. @default none */
  readonly keyService: KeyServiceConfig | undefined
  readonly egress: EgressConfig
  /** @default 4400 */
  readonly port: number
  /** The origin under which people reach the control plane, without a slash at the end. @default localhost with the port */
  readonly baseUrl: string
  readonly domains: DomainsConfig
  /** Proxies in front whose `X-Forwarded-For` is believed. @default 0 */
  readonly trustedProxies: number
  /** Where spans are sent, by OTLP over HTTP. @default none: nothing is traced */
  readonly tracesEndpoint: string | undefined
  readonly logLevel: (typeof LOG_LEVELS)[number]
  /**
   * Runs that a control plane which accepts their trigger executes itself, at once, before it leaves them to workers;
   * 0 leaves all of them. @default 50
   */
  readonly eagerRuns: number
  /** Runs in progress at once in one worker. @default 200 */
  readonly workerConcurrency: number
  /** The port at which a worker answers `GET /metrics`. @default none: it listens nowhere */
  readonly workerMetricsPort: number | undefined
  /** Runs of one customer that may stand in the queue before a worker has claimed them; others wait behind. @default 200 */
  readonly queuedRunsPerCustomer: number
  /** How long events are kept for runs that begin to wait for them later, in milliseconds. @default 90 days */
  readonly keepEventsMs: number
  /** @default none: outputs are bounded by what the journal holds */
  readonly blobs: BlobPlace | undefined
  /** Bytes of a file that somebody uploads. @default 25000000 */
  readonly maxUploadBytes: number
  /** The operator's OAuth apps, for tenants that have none of their own. @default none */
  readonly oauthClients: OperatorClients
  /** Packages or files with connectors beside those that are shipped. @default none */
  readonly extraConnectors: readonly string[]
  /** Packages of the Activepieces project that are offered as connectors. @default none */
  readonly bridgedPieces: readonly BridgedPieceConfig[]
  /** @default none: workflows cannot be described in words */
  readonly ai: AiConfig | undefined
}

/** The addresses that the migrations need. */
export interface MigrationConfig {
  /** A login that may create roles and will own the tables. */
  readonly adminUrl: string
  /** The passwords in `DATABASE_URL` and `ENGINE_DATABASE_URL`, which the roles are given. */
  readonly appPassword: string
  readonly enginePassword: string
}

/** What is wrong with the environment, a sentence for each variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws ConfigError that names each variable and what it should be; values are never repeated in it */
export function readConfig(env: Environment): Config {
  const values = parse(environment, env)
  const baseUrl = values.BASE_URL ?? `http://localhost:${values.PORT}`
  return {
    databaseUrl: values.DATABASE_URL,
    engineDatabaseUrl: values.ENGINE_DATABASE_URL,
    redisUrl: values.REDIS_URL,
    masterKeys: values.INLAY_MASTER_KEY,
    keyService: keyServiceOf(values),
    egress: {
      allow: values.INLAY_EGRESS_ALLOW,
      traceHosts: values.EGRESS_TRACE_HOSTS,
      ...(values.EGRESS_PROXY && { proxy: { url: values.EGRESS_PROXY, bypass: values.EGRESS_PROXY_BYPASS } }),
    },
    port: values.PORT,
    baseUrl,
    domains: {
      target: values.DOMAIN_TARGET ?? new URL(baseUrl).hostname,
      challengeLabel: values.DOMAIN_CHALLENGE,
      askToken: values.DOMAIN_ASK_TOKEN,
      dnsServers: values.DNS_SERVERS,
      otherHosts: values.OTHER_HOSTS.map((host) => host.replace(/:\d+$/, '')),
    },
    trustedProxies: values.TRUSTED_PROXIES,
    tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: values.LOG_LEVEL,
    workerConcurrency: values.WORKER_CONCURRENCY,
    workerMetricsPort: values.WORKER_METRICS_PORT,
    eagerRuns: values.EAGER_RUNS,
    queuedRunsPerCustomer: values.QUEUED_RUNS_PER_CUSTOMER,
    keepEventsMs: values.KEEP_EVENTS_DAYS * DAY_MS,
    blobs: values.BLOB_STORE,
    maxUploadBytes: values.MAX_UPLOAD_BYTES,
    oauthClients: values.OAUTH_CLIENTS ?? new Map(),
    extraConnectors: values.EXTRA_CONNECTORS,
    bridgedPieces: values.BRIDGED_PIECES ?? [],
    ai: aiOf(values),
  }
}

function keyServiceOf(values: z.output<typeof environment>): KeyServiceConfig | undefined {
  const { KEY_SERVICE_URL: url, KEY_SERVICE_SECRET: secret } = values
  if (url === undefined && secret === undefined) return undefined
  if (url !== undefined && secret !== undefined) return { url, secret }
  throw new ConfigError(['KEY_SERVICE_URL and KEY_SERVICE_SECRET must be set together, or neither.'])
}

function aiOf(values: z.output<typeof environment>): AiConfig | undefined {
  const { AI_API_URL: url, AI_API_KEY: key, AI_MODEL: model } = values
  if (url === undefined && key === undefined && model === undefined) return undefined
  if (url !== undefined && key !== undefined && model !== undefined) return { url, key, model }
  throw new ConfigError(['AI_API_URL, AI_API_KEY and AI_MODEL must be set together, or none of them.'])
}

const roleUrl = postgresUrl.refine(
  (text) => !URL.canParse(text) || new URL(text).password !== '',
  'must hold the password to give to its role',
)

const migrationEnvironment = z.object({
  MIGRATIONS_DATABASE_URL: postgresUrl,
  DATABASE_URL: roleUrl,
  ENGINE_DATABASE_URL: roleUrl,
})

/** @throws ConfigError */
export function readMigrationConfig(env: Environment): MigrationConfig {
  const values = parse(migrationEnvironment, env)
  return {
    adminUrl: values.MIGRATIONS_DATABASE_URL,
    appPassword: decodeURIComponent(new URL(values.DATABASE_URL).password),
    enginePassword: decodeURIComponent(new URL(values.ENGINE_DATABASE_URL).password),
  }
}

function parse<T extends z.ZodType>(schema: T, env: Environment): z.output<T> {
  // A variable that is set to nothing, as in a file of `NAME=` lines, counts as not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      return given[name] === undefined ? `${name} is not set. ${PURPOSES[name]}.` : `${name} ${issue.message}.`
    }),
  )
}

function wholeNumber(min: number, max: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z.string().transform((text, context) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    context.addIssue(`must be a whole number from ${min} to ${max}`)
    return z.NEVER
  })
}

function isUrlOf(...schemes: readonly string[]): (text: string) => boolean {
  return (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol) && new URL(text).host !== ''
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
