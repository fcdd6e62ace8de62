import { describe, expect, it } from 'vitest'
import { readCommand } from './options.js'

const env = { INLAY_API_KEY: 'test-key' }
const forward = 'http://localhost:3000/webhooks'

describe('the command line of listen', () => {
  it('takes an address, and the rest from the environment', () => {
    expect(readCommand(['listen', '--forward', forward], env)).toEqual({
      name: 'listen',
      baseUrl: 'http://localhost:4400',
      apiKey: 'test-key',
      forward,
      eventTypes: undefined,
      secret: undefined,
    })
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
    const more = { ...env, INLAY_URL: 'https://plane.example', INLAY_WEBHOOK_SECRET: secret }
    expect(readCommand(['listen', '--forward', forward, '--events', 'run.failed, run.succeeded'], more)).toMatchObject({
      baseUrl: 'https://plane.example',
      eventTypes: ['run.failed', 'run.succeeded'],
      secret,
    })
  })

  it.each([[[]], [['--help']], [['listen', '--help']], [['-h']]])('explains itself for %j', (args) => {
    expect(readCommand(args, {})).toEqual({ name: 'help' })
  })

  it.each<[string, string[], NodeJS.ProcessEnv, string]>([
    ['no key', ['listen', '--forward', forward], {}, 'INLAY_API_KEY is not set'],
    ['no address', ['listen'], env, '--forward is missing'],
    ['an address that is none', ['listen', '--forward', 'localhost:3000'], env, '--forward cannot be'],
    ['another command', ['hear'], env, '"hear" is no command'],
    ['an option that there is not', ['listen', '--to', 'x'], env, '--to'],
    [
      'a secret that is none',
      ['listen', '--forward', forward],
      { ...env, INLAY_WEBHOOK_SECRET: 'x' },
      '24 to 64 bytes',
    ],
  ])('says what is wrong with %s', (_name, args, given, message) => {
    expect(() => readCommand(args, given)).toThrow(message)
  })
})
