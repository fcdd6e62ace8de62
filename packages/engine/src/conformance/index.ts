export { describeJournal, journalScenarios, type TestRunner } from './journal-scenarios.js'
export type { JournalScenario, JournalWorld } from './journal-world.js'
