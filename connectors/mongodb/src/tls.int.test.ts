import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@inlay/sdk/connector'
import { testConnection } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'
import { type StubMongod, startStubMongod } from './testing/stub-mongod.js'

const isMissing = spawnSync('openssl', ['version']).error !== undefined
const reason = isMissing ? 'skipped: no openssl on this machine' : 'with a certificate made by openssl'

let server: StubMongod
let ca = ''

const connecting = (connectionString: string, fields: JsonObject = {}): Promise<unknown> => {
  const auth = { kind: 'custom' as const, method: 'connectionString', fields: { connectionString, ...fields } }
  return testConnection(connector, { auth }).then(
    () => undefined,
    (error: unknown) => error,
  )
}
const at = (host: string, more = '') =>
  `mongodb://${host}:${server.port}/shop?tls=true&serverSelectionTimeoutMS=500${more}`

describe.skipIf(isMissing)(`MongoDB in TLS (${reason})`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inlay-mongodb-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '1']
    spawnSync('openssl', ['req', '-x509', ...made, ...subject])
    ca = readFileSync(certificate, 'utf8')
    server = await startStubMongod({ tls: { key: readFileSync(key, 'utf8'), cert: ca } })
    rmSync(folder, { recursive: true })
  })
  afterAll(() => server.close())

  it('trusts only certificates that it was told to, of servers of that name', async () => {
    expect(await connecting(at('localhost'), { ca })).toBeUndefined()
    const refused = { kind: 'communication', retryable: false }
    expect(await connecting(at('localhost'))).toMatchObject(refused)
    expect(await connecting(at('127.0.0.1'), { ca })).toMatchObject(refused)
    expect(await connecting(at('127.0.0.1', '&tlsAllowInvalidCertificates=true'))).toBeUndefined()
  })
})
