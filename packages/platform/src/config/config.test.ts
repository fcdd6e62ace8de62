import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VARIABLES } from './config.js'
import { ConfigError, readConfig, readMigrationConfig } from './index.js'

const key = randomBytes(32).toString('base64')
const complete = {
  DATABASE_URL: 'postgres://inlay_app:p%40ss@db:5432/inlay',
  ENGINE_DATABASE_URL: 'postgres://inlay_engine:secret@db/inlay',
  REDIS_URL: 'redis://cache:6379',
  INLAY_MASTER_KEY: key,
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)]
  }
}

describe('readConfig', () => {
  it('fills in defaults', () => {
    const config = readConfig({ ...complete, LOG_LEVEL: '' })
    expect(config).toMatchObject({
      port: 4400,
      baseUrl: 'http://localhost:4400',
      logLevel: 'info',
      keepEventsMs: 7_776_000_000,
      egress: { allow: [], traceHosts: [] },
    })
    expect(config.masterKeys.current).toBe('k1')
  })

  it('takes a key service with its address and its secret, and neither alone', () => {
    const service = { KEY_SERVICE_URL: 'https://keys.example.com/inlay/', KEY_SERVICE_SECRET: 'test-signing-secret' }
    expect(readConfig({ ...complete, ...service }).keyService).toEqual({
      url: 'https://keys.example.com/inlay',
      secret: 'test-signing-secret',
    })
    expect(readConfig(complete).keyService).toBeUndefined()
    expect(problemsOf({ ...complete, KEY_SERVICE_URL: service.KEY_SERVICE_URL })[0]).toContain('must be set together')
    expect(problemsOf({ ...complete, ...service, KEY_SERVICE_SECRET: 'short' })[0]).toMatch(/^KEY_SERVICE_SECRET must/)
  })

  it('reads how tenants get domains, with the host of its address as their target unless another is named', () => {
    const base = { ...complete, BASE_URL: 'https://plane.example:8443' }
    expect(readConfig(base).domains).toEqual({
      ...{ target: 'plane.example', challengeLabel: '_domain-challenge', askToken: undefined },
      ...{ dnsServers: [], otherHosts: [] },
    })
    const given = { DOMAIN_TARGET: 'Edge.plane.example', DNS_SERVERS: '192.0.2.53,[2001:db8::53]:5353' }
    expect(readConfig({ ...base, ...given, OTHER_HOSTS: 'plane.corp:4400' }).domains).toMatchObject({
      ...{
        target: 'edge.plane.example',
        dnsServers: ['192.0.2.53', '[2001:db8::53]:5353'],
        otherHosts: ['plane.corp'],
      },
    })
    const wrong = { DOMAIN_TARGET: 'https://x', DOMAIN_CHALLENGE: 'no_underscore', DNS_SERVERS: 'dns.example' }
    expect(problemsOf({ ...base, ...wrong, DOMAIN_ASK_TOKEN: 'short' }).map((text) => text.split(' ')[0])).toEqual([
      ...['DOMAIN_TARGET', 'DOMAIN_CHALLENGE', 'DOMAIN_ASK_TOKEN', 'DNS_SERVERS'],
    ])
  })

  it('names every missing variable at once and says what it is for', () => {
    const problems = problemsOf({})
    expect(problems.map((text) => text.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'ENGINE_DATABASE_URL',
      'REDIS_URL',
      'INLAY_MASTER_KEY',
    ])
    expect(problems[3]).toMatch(/is not set\. It is 32 random bytes in Base64/)
  })

  it.each([
    ['file:/var/lib/inlay', { kind: 'folder', folder: '/var/lib/inlay' }],
    ['file:///var/lib/inlay', { kind: 'folder', folder: '/var/lib/inlay' }],
    ['s3://blobs', { kind: 's3', bucket: 'blobs', prefix: '' }],
    ['s3://blobs/inlay/live', { kind: 's3', bucket: 'blobs', prefix: 'inlay/live/' }],
  ])('keeps large outputs at %s', (value, place) => {
    expect(readConfig({ ...complete, BLOB_STORE: value }).blobs).toEqual(place)
  })

  it('reads the way out', () => {
    const way = {
      INLAY_EGRESS_ALLOW: '10.0.0.0/8, 192.168.1.0/24',
      EGRESS_PROXY: 'http://robot:p%40ss@proxy.example.com:3128',
      EGRESS_PROXY_BYPASS: '10.0.0.0/8',
      EGRESS_TRACE_HOSTS: 'API.example.com, other.example.com:8443',
    }
    expect(readConfig({ ...complete, ...way }).egress).toEqual({
      allow: ['10.0.0.0/8', '192.168.1.0/24'],
      proxy: { url: way.EGRESS_PROXY, bypass: ['10.0.0.0/8'] },
      traceHosts: ['api.example.com', 'other.example.com:8443'],
    })
  })

  it.each([
    ['PORT', '70000', 'PORT must be a whole number from 1 to 65535.'],
    ['PORT', 'http', 'PORT must be a whole number from 1 to 65535.'],
    [
      'BASE_URL',
      'https://a.example/x',
      'BASE_URL must be an origin without a path, such as https://automation.example.com.',
    ],
    [
      'EGRESS_PROXY',
      'socks5://robot:secret@proxy',
      'EGRESS_PROXY must be an address such as http://user:password@proxy.example.com:3128.',
    ],
    ['REDIS_URL', 'localhost:6379', 'REDIS_URL must be an address such as redis://host:6379.'],
    [
      'BLOB_STORE',
      'blobs',
      'BLOB_STORE must be file: with the whole path of a folder, such as file:/var/lib/inlay, or s3://bucket/prefix.',
    ],
    ['KEEP_EVENTS_DAYS', '0', 'KEEP_EVENTS_DAYS must be a whole number from 1 to 3650.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent.'],
  ])('refuses %s=%s in words', (name, value, sentence) => {
    expect(problemsOf({ ...complete, [name]: value })).toEqual([sentence])
  })

  it('never repeats a secret in its message', () => {
    const [problem] = problemsOf({ ...complete, INLAY_MASTER_KEY: 'c2hvcnQ=' })
    expect(problem).toMatch(/^INLAY_MASTER_KEY must be 32 bytes/)
    expect(problem).not.toContain('c2hvcnQ')
  })

  it('takes several master keys, the first in use', () => {
    const { masterKeys } = readConfig({ ...complete, INLAY_MASTER_KEY: `new:${key},old:${key}` })
    expect([masterKeys.current, ...masterKeys.keys.keys()]).toEqual(['new', 'new', 'old'])
  })
})

describe('OAUTH_CLIENTS', () => {
  const clients = { slack: { clientId: 'id', clientSecret: 'test-secret' }, github: { clientId: 'public' } }

  it('holds the apps by connector, or the path of a file that does', () => {
    const expected = new Map(Object.entries(clients))
    expect(readConfig({ ...complete, OAUTH_CLIENTS: JSON.stringify(clients) }).oauthClients).toEqual(expected)
    const file = join(mkdtempSync(join(tmpdir(), 'inlay-config-')), 'clients.json')
    writeFileSync(file, JSON.stringify(clients))
    expect(readConfig({ ...complete, OAUTH_CLIENTS: file }).oauthClients).toEqual(expected)
    rmSync(dirname(file), { recursive: true })
    expect(readConfig(complete).oauthClients.size).toBe(0)
  })

  it.each([
    '{"slack": {"clientSecret": "test-secret"}}',
    '{"slack": "test-secret"}',
    '{"slack": {"clientId": "id", "secret": "test-secret"}}',
    '{"slack": {"clientId": "test-secret',
    '/no/such/test-secret.json',
  ])('is refused in words that repeat nothing of it: %s', (text) => {
    const [problem = ''] = problemsOf({ ...complete, OAUTH_CLIENTS: text })
    expect(problem).toMatch(/^OAUTH_CLIENTS must /)
    expect(problem).not.toContain('test-secret')
  })
})

describe('readMigrationConfig', () => {
  it('gives the roles the passwords of their addresses', () => {
    const config = readMigrationConfig({ ...complete, MIGRATIONS_DATABASE_URL: 'postgres://owner:o@db/inlay' })
    expect(config).toMatchObject({ appPassword: 'p@ss', enginePassword: 'secret' })
  })
})

describe('the README', () => {
  it.each(VARIABLES)('says what %s means', (variable) => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')
    expect(readme).toMatch(new RegExp(`^\\| [^|]*\`${variable}\``, 'm'))
  })
})
