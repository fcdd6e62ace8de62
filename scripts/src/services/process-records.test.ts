import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { commandLineOf, recordProcess, stopLeftovers } from './process-records.js'

let folder: string
let child: ChildProcess
let pid: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-records-'))
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'marked-for-the-test'])
  await once(child, 'spawn')
  pid = child.pid ?? 0
})

afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
})

it('ends a process that a killed launcher left running', async () => {
  const ended = once(child, 'exit')
  recordProcess(folder, 'worker', { pid, mark: 'marked-for-the-test', stopSignal: 'SIGTERM' })
  await stopLeftovers(folder)
  expect((await ended)[1]).toBe('SIGTERM')
  expect(existsSync(join(folder, 'processes/worker'))).toBe(false)
})

it('leaves alone what was given the id of a process that has ended', async () => {
  recordProcess(folder, 'worker', { pid, mark: 'another command line', stopSignal: 'SIGTERM' })
  await stopLeftovers(folder)
  expect(await commandLineOf(pid)).toContain('marked-for-the-test')
  expect(existsSync(join(folder, 'processes/worker'))).toBe(false)
})
