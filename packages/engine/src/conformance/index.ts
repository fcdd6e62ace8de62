export { type AdmissionScenario, type AdmissionWorld, admissionScenarios } from './admission-scenarios.js'
export { describeJournal, journalScenarios, type TestRunner } from './journal-scenarios.js'
export type { JournalScenario, JournalWorld } from './journal-world.js'
