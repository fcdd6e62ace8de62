import { asJson, type JsonObject, type JsonValue } from '../contracts/json.js'
import { isTerminal } from '../contracts/run.js'
import type { DueRun, NewEvent } from '../ports/journal.js'
import type { StoredRun, StoredWait } from './stored-run.js'
import { wake } from './transitions.js'

/** An event as it is kept for waits that open later. */
export interface StoredEvent extends NewEvent {
  readonly receivedAt: number
}

/** Gives an event to the first open wait of a run that it matches. */
export function offerEvent(stored: StoredRun, event: StoredEvent, now: number): DueRun[] {
  if (isTerminal(stored.status) || stored.eventsTaken.has(event.eventId) || event.receivedAt < stored.createdAt)
    return []
  if (stored.run.tenantId !== event.tenantId || stored.run.customerId !== event.customerId) return []
  const open = [...stored.waits.values()].find((wait) => wait.answer === undefined && isWanted(wait, event))
  if (open === undefined) return []
  const { eventId: id, name, payload, receivedAt } = event
  stored.eventsTaken.add(id)
  return answerWait(stored, open, {
    answer: { id, name, payload, receivedAt: new Date(receivedAt).toISOString() },
    now,
  })
}

/** Answers a wait, unless it was answered before. */
export function answerWait(
  stored: StoredRun,
  open: StoredWait,
  { answer, now }: { readonly answer: JsonValue; readonly now: number },
): DueRun[] {
  if (open.answer !== undefined) return []
  open.answer = answer
  stored.history.push({ at: now, what: 'answered', step: { ...addressOf(open), type: open.wait.kind, attempt: 1 } })
  return wake(stored, now)
}

function addressOf({ stepPath, iteration }: StoredWait): { stepPath: string; iteration: string } {
  return { stepPath, iteration }
}

/** What a parent is told of a child that has ended. */
export function childAnswer({ run, status, output, error }: StoredRun): JsonObject {
  return {
    runId: run.runId,
    status,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error: asJson(error) }),
  }
}

function isWanted({ wait }: StoredWait, event: NewEvent): boolean {
  if (wait.kind !== 'event' || wait.name !== event.name) return false
  return Object.entries(wait.match).every(([path, wanted]) => valueAt(event.payload, path) === wanted)
}

function valueAt(payload: JsonValue, path: string): JsonValue | undefined {
  let current: JsonValue | undefined = payload
  for (const part of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined
    // Lists have own fields named by their positions, as objects have by their names.
    current = (current as JsonObject)[part]
  }
  return current
}
