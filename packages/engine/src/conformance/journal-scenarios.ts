import { answerScenarios } from './answer-scenarios.js'
import { cancelScenarios } from './cancel-scenarios.js'
import { childScenarios } from './child-scenarios.js'
import { claimScenarios } from './claim-scenarios.js'
import { creationScenarios } from './creation-scenarios.js'
import { dueScenarios } from './due-scenarios.js'
import { historyScenarios } from './history-scenarios.js'
import type { JournalScenario, JournalWorld } from './journal-world.js'
import { payloadScenarios } from './payload-scenarios.js'
import { reopenScenarios } from './reopen-scenarios.js'
import { slotScenarios } from './slot-scenarios.js'
import { suspendScenarios } from './suspend-scenarios.js'
import { waitScenarios } from './wait-scenarios.js'
import { writeScenarios } from './write-scenarios.js'

/** Every promise of the `Journal` port. An adapter that passes all of them can carry the engine. */
export const journalScenarios: readonly JournalScenario[] = [
  ...creationScenarios,
  ...claimScenarios,
  ...writeScenarios,
  ...payloadScenarios,
  ...cancelScenarios,
  ...suspendScenarios,
  ...reopenScenarios,
  ...historyScenarios,
  ...waitScenarios,
  ...answerScenarios,
  ...childScenarios,
  ...slotScenarios,
  ...dueScenarios,
]

/** The two functions that vitest, jest, mocha and node:test have in common. */
export interface TestRunner {
  /** Groups tests. */
  describe(name: string, define: () => void): unknown
  /** Defines one test. */
  it(name: string, run: () => Promise<void>): unknown
}

/**
 * Defines a test per scenario. A scenario takes up to six seconds on a journal whose clock is real.
 *
 * @param makeWorld called once per scenario; scenarios keep out of each other's way on one database
 * @param runner the test runner in use
 * @example describeJournal('my journal', () => ({ journal, pass: (ms) => delay(ms) }), { describe, it })
 */
export function describeJournal(
  name: string,
  makeWorld: () => JournalWorld | Promise<JournalWorld>,
  { describe, it }: TestRunner,
): void {
  describe(name, () => {
    for (const scenario of journalScenarios) it(scenario.name, async () => scenario.check(await makeWorld()))
  })
}
