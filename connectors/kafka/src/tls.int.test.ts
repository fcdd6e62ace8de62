import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { JsonObject } from '@inlay/sdk/connector'
import { testConnection } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'

const isMissing = spawnSync('openssl', ['version']).error !== undefined
const reason = isMissing ? 'skipped: no openssl on this machine' : 'with certificates made by openssl'

let folder = ''
let server: Server
let port = 0
const clients: string[] = []
const pem = (name: string): string => readFileSync(join(folder, name), 'utf8')

function makeCertificate(name: string): void {
  const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate]
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost', '-days', '1']
  spawnSync('openssl', ['req', '-x509', ...made, ...subject])
}

/** Says which requests it knows, and closes: enough to see whether a request was made at all. */
function answer(socket: TLSSocket): void {
  socket.on('error', () => {})
  socket.on('data', () => {
    clients.push(String(socket.getPeerCertificate().subject?.CN ?? 'none'))
    socket.destroy()
  })
}

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const connecting = async (fields: JsonObject): Promise<{ readonly client?: string; readonly error: unknown }> => {
  clients.length = 0
  const servers = `${fields['host'] ?? 'localhost'}:${port}`
  const error = await thrownBy(
    testConnection(connector, { auth: { kind: 'custom', method: 'open', fields: { servers, ...fields } } }),
  )
  return { error, ...(clients[0] === undefined ? {} : { client: clients[0] }) }
}

describe.skipIf(isMissing)(`Kafka in TLS (${reason})`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-kafka-'))
    makeCertificate('broker')
    makeCertificate('worker')
    const ca = [pem('worker.pem')]
    server = createServer(
      { key: pem('broker.key'), cert: pem('broker.pem'), requestCert: true, rejectUnauthorized: false, ca },
      answer,
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    // A server that listens on TCP has an address of this shape.
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  it('sends nothing to a server whose certificate or name is not trusted', async () => {
    expect(await connecting({})).toEqual({
      error: expect.objectContaining({ kind: 'communication', retryable: false }),
    })
    const elsewhere = await connecting({ host: '127.0.0.1', ca: pem('broker.pem') })
    expect(elsewhere).toEqual({ error: expect.objectContaining({ kind: 'communication', retryable: false }) })
  })

  it('speaks to a server that is trusted, or need not be', async () => {
    expect(await connecting({ ca: pem('broker.pem') })).toMatchObject({ client: 'none' })
    expect(await connecting({ tls: 'unverified' })).toMatchObject({ client: 'none' })
  })

  it('shows the certificate of the client, and says when it cannot be read', async () => {
    const own = { certificate: pem('worker.pem'), key: pem('worker.key') }
    expect(await connecting({ ca: pem('broker.pem'), ...own })).toMatchObject({ client: 'worker' })
    const unreadable = await connecting({ ca: pem('broker.pem'), ...own, key: 'test-key' })
    expect(unreadable).toEqual({ error: expect.objectContaining({ kind: 'rejected' }) })
  })
})
