import type { RunId, TenantId } from '../contracts/ids.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { DueRun } from '../ports/journal.js'
import { eventAnswer, type Gift, give, type KeptEvent } from './gifts.js'
import type { Connection } from './query.js'
import { parse } from './rows.js'
import { LOOK_SQL, LOOKED_SQL } from './statements/wait.sql.js'
import { isMatch } from './wait-rows.js'

interface FoundRow {
  readonly run_id: RunId
  readonly tenant_id: TenantId
  readonly step_path: string
  readonly iteration: string
  readonly opened_us: string
  readonly match: string | null
  readonly event_id: string | null
  readonly name: string | null
  readonly payload: string | null
  readonly received_at: number | null
  readonly received_us: string | null
  readonly child_run_id: string | null
  readonly answer: string | null
}

/** A run whose waits are new. */
interface NewWaits {
  readonly runId: RunId
  readonly tenantId: TenantId
}

/**
 * Finds what came before a run's waits were opened: events, and children that have ended; whoever publishes an event or
 * ends a child finds the waits that were open before. Both write, commit, and then look, so nothing falls in between.
 * Safe to repeat; `due` does when this process dies in between.
 */
export async function lookForEarlier(connection: Connection, run: NewWaits): Promise<DueRun[]> {
  const due = new Map<RunId, DueRun>()
  let after: Cursor | undefined = BEGINNING
  let hasFound = false
  while (after !== undefined) {
    const found: FoundRow[] = await connection.query<FoundRow>(LOOK_SQL, [
      run.runId,
      run.tenantId,
      EVENTS_A_PAGE,
      ...after,
    ])
    hasFound ||= found.length > 0
    const gifts = chooseGifts(found)
    const given = await give(connection, gifts)
    for (const named of given.due) due.set(named.runId, named)
    // What was chosen may have been given elsewhere meanwhile: then something else may be left for the wait.
    after = given.count < gifts.length ? BEGINNING : nextPage(found, gifts)
  }
  if (hasFound) await connection.query(LOOKED_SQL, [run.runId, run.tenantId])
  return [...due.values()]
}

/** Moment, in microseconds, and id of the last event that was looked at. */
type Cursor = readonly [receivedUs: string, eventId: string]
const BEGINNING: Cursor = ['0', '']
/** Payloads may be large; a page of them has to fit into memory. */
const EVENTS_A_PAGE = 50

/** Where to go on: behind the page of the wait that came least far, if any wait has more to look at and no answer. */
function nextPage(found: readonly FoundRow[], gifts: readonly Gift[]): Cursor | undefined {
  const answered = new Set(gifts.map(({ stepPath, iteration }) => `${stepPath}\n${iteration}`))
  const pages = new Map<string, FoundRow[]>()
  for (const row of found) {
    const wait = `${row.step_path}\n${row.iteration}`
    if (!answered.has(wait)) pages.set(wait, [...(pages.get(wait) ?? []), row])
  }
  const ends = [...pages.values()].filter(({ length }) => length >= EVENTS_A_PAGE).map((page) => page.at(-1))
  const [first] = ends.sort((a, b) => Number(a?.received_us) - Number(b?.received_us))
  return first === undefined ? undefined : [first.received_us ?? '0', first.event_id ?? '']
}

/** The first thing that fits each wait; an event is chosen for one wait of the run. */
function chooseGifts(found: readonly FoundRow[]): Gift[] {
  const answered = new Set<string>()
  const used = new Set<string>()
  const gifts: Gift[] = []
  for (const row of found) {
    const wait = `${row.step_path}\n${row.iteration}`
    if (answered.has(wait)) continue
    const gift = row.child_run_id === null ? toEventGift(row, used) : toChildGift(row, row.child_run_id)
    if (gift === undefined) continue
    answered.add(wait)
    gifts.push(gift)
  }
  return gifts
}

function toEventGift(row: FoundRow, used: Set<string>): Gift | undefined {
  const { event_id, name, payload, received_at } = row
  if (event_id === null || name === null || payload === null || received_at === null || used.has(event_id))
    return undefined
  const match = parse<JsonObject>(row.match) ?? {}
  if (!isMatch(parse<JsonValue>(payload) ?? null, match)) return undefined
  used.add(event_id)
  const event: KeptEvent = { event_id, name, payload, received_at }
  return { ...toAddress(row), eventId: event_id, answer: eventAnswer(event) }
}

function toChildGift(row: FoundRow, childRunId: string): Gift {
  return { ...toAddress(row), childRunId, answer: row.answer ?? 'null' }
}

function toAddress(row: FoundRow): Pick<Gift, 'runId' | 'tenantId' | 'stepPath' | 'iteration' | 'openedUs'> {
  return {
    runId: row.run_id,
    tenantId: row.tenant_id,
    stepPath: row.step_path,
    iteration: row.iteration,
    openedUs: row.opened_us,
  }
}
