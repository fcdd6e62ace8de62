import type { JsonObject } from '../contracts/json.js'
import type { ClaimedRun, Journal, NewRun, WaitRegistration } from '../ports/journal.js'
import { claimOne, openStep, started } from './journal-world.js'

/** Waits for an event. */
export function waitFor(name: string, match: JsonObject = {}): WaitRegistration {
  return { kind: 'event', name, match }
}

/** A run that waits at step `w` for nothing but an answer. */
export async function waiting(
  journal: Journal,
  wait: WaitRegistration,
  more: Partial<NewRun> = {},
): Promise<{ run: NewRun; lease: ClaimedRun; isDueNow: boolean }> {
  const { run, lease } = await started(journal, more)
  const { isDueNow } = await journal.park(lease, [openStep('w', { wait })], { status: 'waiting' })
  return { run, lease, isDueNow }
}

/** What the waits of a run have been given, as its next owner sees it. */
export async function answersOf(journal: Journal, run: NewRun): Promise<unknown> {
  return (await claimOne(journal, run.runId))?.answers
}

/** The payloads of the events that the waits of a run have been given. */
export async function payloadsOf(journal: Journal, run: NewRun): Promise<unknown> {
  // What events are answered with is an object that holds the payload.
  return (await claimOne(journal, run.runId))?.answers.map(({ answer }) => (answer as JsonObject)['payload'])
}
