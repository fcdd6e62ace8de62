export { type JournalScenario, type JournalWorld, journalScenarios } from './journal-scenarios.js'
