import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lastWords } from './last-words.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-words-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function wordsOf(text: string, before = ''): string {
  const file = join(folder, 'process.log')
  writeFileSync(file, before + text)
  return lastWords(file, Buffer.byteLength(before))
}

it('takes what PostgreSQL calls fatal, not what it says after it', () => {
  const log = '2026-01-01 UTC [7] FATAL:  could not read file "global/pg_control"\n2026-01-01 UTC [7] LOG:  shut down\n'
  expect(wordsOf(log)).toBe('could not read file "global/pg_control"')
})

it('takes the error that nobody caught, not the end of its stack', () => {
  const log = 'node:events:497\n\nTypeError: x is not a function\n    at main (main.js:1:1)\n\nNode.js v20.19.0\n'
  expect(wordsOf(log)).toBe('TypeError: x is not a function')
})

it('takes the message of a log entry, and a plain sentence as it is', () => {
  expect(wordsOf('{"log.level":"error","message":"Redis is gone."}\n')).toBe('Redis is gone')
  expect(wordsOf('REDIS_URL is not set.\n')).toBe('REDIS_URL is not set')
})

it('leaves out what an earlier process said', () => {
  expect(wordsOf('Port 80 is taken.\n', 'FATAL:  größer\n')).toBe('Port 80 is taken')
  expect(lastWords(join(folder, 'none.log'), 0)).toBe('')
})
