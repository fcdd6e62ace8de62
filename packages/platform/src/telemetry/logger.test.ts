import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createLogger } from './index.js'

function logged(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  write(createLogger({ level: 'info', service: 'test', stream }))
  return lines.map((line) => JSON.parse(line))
}

describe('createLogger', () => {
  it('writes one line of JSON with the names of the Elastic Common Schema', () => {
    const [line] = logged((log) => log.warn({ runId: 'run_1' }, 'two\nlines'))
    expect(line).toMatchObject({ 'log.level': 'warn', 'service.name': 'test', message: 'two\nlines', runId: 'run_1' })
    expect(Date.parse(String(line?.['@timestamp']))).not.toBeNaN()
  })

  it('never writes what goes by the name of a secret, however it is nested', () => {
    const secret = 'CANARY'
    const lines = logged((log) => {
      for (const name of ['password', 'token', 'apiKey', 'authorization', 'cookie', 'privateKey']) {
        log.info({ [name]: secret, request: { [name]: secret, headers: { [name]: secret } } })
      }
    })
    expect(JSON.stringify(lines)).not.toContain(secret)
    expect(lines).toHaveLength(6)
  })

  it('keeps an error with its stack and cause', () => {
    const [line] = logged((log) => log.error({ error: new Error('outer', { cause: new Error('inner') }) }, 'failed'))
    expect(line?.['error']).toMatchObject({
      message: expect.stringContaining('outer'),
      stack: expect.stringContaining('inner'),
    })
  })
})
