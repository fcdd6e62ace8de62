import type { AddressInfo } from 'node:net'
import { runAction, testConnection } from '@inlay/sdk/testing'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'

const messages: string[] = []
const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth: ({ username, password }, _session, done) =>
    username === 'u' && password === 'p' ? done(null, { user: 'u' }) : done(new Error('wrong password')),
  onRcptTo: ({ address }, _session, done) =>
    done(address.startsWith('nobody') ? Object.assign(new Error('no such person'), { responseCode: 550 }) : null),
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
server.on('error', () => {})
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  port = (server.server.address() as AddressInfo).port
})
afterAll(() => new Promise<void>((resolve) => void server.close(resolve)))

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
    ['a person the server does not know', { to: 'nobody@example.com' }, 'p', { kind: 'rejected' }],
    ['an address that is none', { to: 'kim' }, 'p', { kind: 'validation' }],
  ])('says what is wrong with %s', async (_name, more, password, error) => {
    await expect(
      runAction(connector, 'send', { input: { ...input, ...more }, auth: auth(password) }),
    ).rejects.toMatchObject(error)
  })

  it('tests a connection', async () => {
    await expect(testConnection(connector, auth())).resolves.toBeUndefined()
    await expect(testConnection(connector, auth('no'))).rejects.toMatchObject({ kind: 'authentication' })
    await expect(
      testConnection(connector, { ...auth(), fields: { host: '127.0.0.1', port: 1 } }),
    ).rejects.toMatchObject({ kind: 'communication' })
  })
})
