import { type AddressInfo, createServer, type Server } from 'node:net'
import { StepError } from '@inlay/sdk/connector'
import { runAction, testConnection } from '@inlay/sdk/testing'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'

const messages: string[] = []
const REFUSED: Readonly<Record<string, number>> = { nobody: 550, later: 451 }
let logins = 0
const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) => {
  logins++
  return username === 'u' && password === 'p' ? done(null, { user: 'u' }) : done(new Error('wrong password'))
}
/** Offers STARTTLS with a certificate that it signed itself. */
const secureServer = new SMTPServer({ onAuth })
const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth,
  onRcptTo: ({ address }, _session, done) => {
    const [name = ''] = address.split('@')
    const responseCode = REFUSED[name]
    done(responseCode === undefined ? null : Object.assign(new Error(`refused: ${name}`), { responseCode }))
  },
  onData: (stream, _session, done) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    stream.on('end', () => {
      messages.push(text)
      done()
    })
  },
})
for (const each of [server, secureServer]) each.on('error', () => {})
let port = 0
let securePort = 0

/** A server that listens on TCP has an AddressInfo, never a pipe's name. */
const portOf = (listening: Server): number => (listening.address() as AddressInfo).port

beforeAll(async () => {
  for (const each of [server, secureServer]) {
    await new Promise<void>((resolve) => void each.listen(0, '127.0.0.1', resolve))
  }
  port = portOf(server.server)
  securePort = portOf(secureServer.server)
})
afterAll(async () => {
  for (const each of [server, secureServer]) await new Promise<void>((resolve) => void each.close(resolve))
})

const auth = (password = 'p') => ({
  kind: 'basic' as const,
  username: 'u',
  password,
  fields: { host: '127.0.0.1', port, secure: 'none' },
})
const input = {
  from: 'Shop <shop@example.com>',
  to: ['kim@example.com'],
  subject: 'Grüße',
  text: 'Hello',
  replyTo: 'help@example.com',
}

describe('e-mail', () => {
  it('sends a message, with the same Message-ID for each attempt', async () => {
    const [first, second] = [
      await runAction(connector, 'send', { input, auth: auth() }),
      await runAction(connector, 'send', { input, auth: auth() }),
    ]
    expect(first).toEqual({
      messageId: expect.stringMatching(/^<[0-9a-f]{32}@example\.com>$/),
      accepted: ['kim@example.com'],
      rejected: [],
    })
    expect(second).toEqual(first)
    expect(messages.at(-1)).toContain('Reply-To: help@example.com')
    expect(messages.at(-1)).toContain('Hello')
  })

  it.each<[string, object, string, object]>([
    ['a wrong password', {}, 'no', { kind: 'authentication' }],
    ['a person the server does not know', { to: 'nobody@example.com' }, 'p', { kind: 'rejected', retryable: false }],
    [
      'a server that wants to be asked again',
      { to: 'later@example.com' },
      'p',
      { kind: 'communication', retryable: true },
    ],
    ['an address that is none', { to: 'kim' }, 'p', { kind: 'validation' }],
  ])('says what is wrong with %s', async (_name, more, password, error) => {
    await expect(
      runAction(connector, 'send', { input: { ...input, ...more }, auth: auth(password) }),
    ).rejects.toMatchObject(error)
  })

  it('sends to those that the server takes, and names the others', async () => {
    const to = ['kim@example.com', 'nobody@example.com']
    expect(await runAction(connector, 'send', { input: { ...input, to }, auth: auth() })).toMatchObject({
      accepted: ['kim@example.com'],
      rejected: ['nobody@example.com'],
    })
  })

  it('never shows a password to a server that does not encrypt, or whose certificate nobody knows', async () => {
    const before = logins
    for (const [target, secure] of [
      [port, 'starttls'],
      [securePort, 'starttls'],
      [port, 'tls'],
    ] as const) {
      const fields = { host: '127.0.0.1', port: target, secure }
      await expect(runAction(connector, 'send', { input, auth: { ...auth(), fields } })).rejects.toMatchObject({
        kind: 'communication',
        retryable: false,
        message: 'There is no safe connection to the mail server',
      })
    }
    expect(logins).toBe(before)
  })

  it('ends when the step is cancelled', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const fields = { host: '127.0.0.1', port: portOf(silent), secure: 'none' }
    const controller = new AbortController()
    const reason = new StepError('cancelled', 'The run was cancelled')
    silent.once('connection', () => controller.abort(reason))
    const sending = runAction(connector, 'send', { input, auth: { ...auth(), fields }, signal: controller.signal })
    await expect(sending).rejects.toBe(reason)
    silent.close()
  })

  it('tests a connection', async () => {
    await expect(testConnection(connector, { auth: auth() })).resolves.toBeUndefined()
    await expect(testConnection(connector, { auth: auth('no') })).rejects.toMatchObject({ kind: 'authentication' })
    await expect(
      testConnection(connector, { auth: { ...auth(), fields: { host: '127.0.0.1', port: 1 } } }),
    ).rejects.toMatchObject({ kind: 'communication' })
  })
})
