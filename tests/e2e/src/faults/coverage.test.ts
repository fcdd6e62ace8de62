import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** The failure windows of a design with PostgreSQL as the truth and a queue as a hint, and the tests that close each. */
const WINDOWS: Readonly<Record<string, readonly (readonly [file: string, test: string])[]>> = {
  'F1 recorded, never dispatched': [['tests/e2e/src/faults/crash-matrix.int.test.ts', 'F1: after a run was recorded']],
  'F2 dispatched twice': [['tests/e2e/src/faults/dispatch.int.test.ts', 'F2, F6: that come three times']],
  'F3 dispatched before it is there': [
    ['tests/e2e/src/faults/dispatch.int.test.ts', 'F3: of runs that are not there yet'],
  ],
  'F4 killed at any moment': [
    ['tests/e2e/src/faults/crash-matrix.int.test.ts', 'F4: $when its journal call'],
    ['tests/e2e/src/faults.int.test.ts', 'a worker is killed'],
    ['packages/engine/src/run/crash.test.ts', 'change neither the result nor the idempotency keys'],
  ],
  'F5 zombie': [['tests/e2e/src/faults/zombies.int.test.ts', 'F5: is refused by the database']],
  'F6 second delivery while the owner lives': [
    ['tests/e2e/src/faults/dispatch.int.test.ts', 'F2, F6: that come three times'],
  ],
  'F7 the queue says failed': [['tests/e2e/src/faults.int.test.ts', 'a worker is killed']],
  'F8 all workers are down': [['tests/e2e/src/faults/crash-matrix.int.test.ts', 'F1: after a run was recorded']],
  'F9 Redis is emptied': [['tests/e2e/src/faults.int.test.ts', 'Redis is emptied']],
  'F10 Redis is away when a run is accepted': [
    ['apps/worker/src/redis-loss.int.test.ts', 'webhooks are accepted, waits keep their time'],
  ],
  'F11 a worker is stuck after Redis came back': [
    ['apps/worker/src/redis-loss.int.test.ts', 'all runs end once it is back'],
  ],
  'F12 PostgreSQL is cut off or restarted': [
    ['tests/e2e/src/faults/database.int.test.ts', 'F12: by cutting every connection'],
    ['tests/e2e/src/faults/database.int.test.ts', 'F12: by being killed'],
  ],
  'F13 clocks are wrong': [['tests/e2e/src/faults/zombies.int.test.ts', 'F13: and clocks']],
  'F14 poison run': [['tests/e2e/src/faults/poison.int.test.ts', 'F14: goes to the dead-letter list']],
  'F15 poison payload': [
    ['packages/engine/src/conformance/payload-scenarios.ts', 'large and odd payloads come back'],
    ['packages/platform/src/triggers/hook-handler.int.test.ts', 'refuses more than 1 MiB'],
  ],
  'F16 an event before its wait': [
    ['packages/engine/src/conformance/wait-scenarios.ts', 'of events and waits that come at the same moment'],
  ],
  'F17 a timer twice, a cancellation against an end': [
    ['tests/e2e/src/faults/dispatch.int.test.ts', 'F25: a cancellation'],
    ['packages/engine/src/conformance/claim-scenarios.ts', 'a parked run rests until its time, and is then due once'],
  ],
  'F18 a schedule twice, in summer time, after a down-time': [
    ['packages/platform/src/triggers/scheduler.int.test.ts', 'fires each time once, though two processes fire'],
    ['packages/platform/src/triggers/scheduler.int.test.ts', 'fires once for all that a down-time missed'],
  ],
  'F19 a version that this process does not know': [
    ['packages/engine/src/run/versions.test.ts', 'is left to processes that can'],
  ],
  'F20 shutdowns one after the other': [
    ['tests/e2e/src/faults/dispatch.int.test.ts', 'F20: to processes that shut down'],
  ],
  'F21 recovery while starting': [['tests/e2e/src/faults/crash-matrix.int.test.ts', 'F21: while it starts']],
  'F22 half of the children': [['tests/e2e/src/faults/crash-matrix.int.test.ts', 'F22: after %i of three children']],
  'F23 retention of what still waits': [
    ['packages/engine/src/postgres/migrate.int.test.ts', 'lose old events when they are pruned, and no others'],
  ],
  'F24 one customer floods the queue': [
    ['apps/worker/src/fairness.int.test.ts', 'others are not held up, and its own runs all end'],
  ],
  'F25 cancelled elsewhere': [['tests/e2e/src/faults/dispatch.int.test.ts', 'F25: a cancellation']],
}

describe('the failure windows', () => {
  it.each(Object.entries(WINDOWS).flatMap(([window, tests]) => tests.map(([file, test]) => [window, file, test])))(
    '%s is closed by %s',
    (_window = '', file = '', test = '') => {
      expect(readFileSync(join(root, file), 'utf8')).toContain(test)
    },
  )

  it('are all there', () => {
    const numbers = Object.keys(WINDOWS).map((window) => window.split(' ')[0])
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => `F${index + 1}`))
  })
})
