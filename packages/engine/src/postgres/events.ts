import type { CustomerId, RunId, TenantId } from '../contracts/ids.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { DueRun, NewEvent } from '../ports/journal.js'
import { jsonField, textField, toColumns } from './columns.js'
import { eventAnswer, type Gift, give, type KeptEvent } from './gifts.js'
import type { Connection, Query } from './query.js'
import { parse } from './rows.js'
import {
  DELIVERED_SQL,
  EVENT_COLUMNS,
  PUBLISH_SQL,
  READ_EVENTS_SQL,
  WAITED_PATHS_SQL,
  WAITING_SQL,
} from './statements/event.sql.js'
import { isMatch, keyOfPayload } from './wait-rows.js'

/** What names an event. */
export interface EventKey {
  readonly tenantId: TenantId
  readonly eventId: string
}

/** An event to be recorded. */
export interface Publication extends EventKey {
  /** The columns after the position. */
  readonly row: readonly string[]
}

/** @throws UserError `journal.invalid_text`, or TypeError when the payload is no JSON */
export function toPublication({ tenantId, eventId, customerId, name, payload }: NewEvent): Publication {
  const row = [
    textField(tenantId, 'tenant id'),
    textField(eventId, 'event id'),
    textField(customerId, 'customer id'),
    textField(name, 'event name'),
    jsonField(payload),
  ]
  return { tenantId, eventId, row }
}

interface EventRow extends KeptEvent {
  readonly tenant_id: TenantId
  readonly customer_id: CustomerId
  readonly is_delivered: boolean
}

/**
 * Records events of distinct ids. Answers, in order, which are new.
 *
 * @param isRetry whether an earlier attempt may have been committed without our knowing
 */
export async function publishEvents(
  query: Query,
  publications: readonly Publication[],
  isRetry: boolean,
): Promise<boolean[]> {
  const rows = publications.map(({ row }, n) => [String(n), ...row])
  const recorded = new Set(
    (await query<{ n: number }>(PUBLISH_SQL, toColumns(rows, EVENT_COLUMNS.length))).map(({ n }) => n),
  )
  if (!isRetry || recorded.size === rows.length) return publications.map((_, n) => recorded.has(n))
  const kept = new Map(
    (await readEvents(query, publications)).map((event) => [keyOf(event.tenant_id, event.event_id), event]),
  )
  return publications.map(({ tenantId, eventId, row }, n) => {
    const event = kept.get(keyOf(tenantId, eventId))
    const isSame = [event?.customer_id, event?.name, event?.payload].every((value, index) => value === row[index + 2])
    return recorded.has(n) || isSame
  })
}

function keyOf(tenantId: TenantId, eventId: string): string {
  return `${tenantId}\n${eventId}`
}

function readEvents(query: Query, events: readonly EventKey[]): Promise<EventRow[]> {
  return query<EventRow>(
    READ_EVENTS_SQL,
    toColumns(
      events.map(({ tenantId, eventId }) => [tenantId, eventId]),
      2,
    ),
  )
}

/**
 * Finds what the waits for each event look at. Events that nobody waits for count as delivered from then on, as do
 * those that were delivered before. Answers in order.
 */
export async function findWaitedPaths(query: Query, events: readonly EventKey[]): Promise<string[][]> {
  const rows = events.map(({ tenantId, eventId }, n) => [String(n), tenantId, eventId])
  const paths = events.map((): string[] => [])
  for (const { n, match_path } of await query<{ n: number; match_path: string }>(
    WAITED_PATHS_SQL,
    toColumns(rows, 3),
  )) {
    paths[n]?.push(match_path)
  }
  return paths
}

/** Gives a recorded event to the waits that it matches. Safe to repeat. @param paths as `findWaitedPaths` found them */
export async function deliverEvent(connection: Connection, key: EventKey, paths: readonly string[]): Promise<DueRun[]> {
  const [event] = await readEvents(connection.query, [key])
  if (event === undefined || event.is_delivered) return []
  const payload = parse<JsonValue>(event.payload) ?? null
  const due = new Map<RunId, DueRun>()
  for (const path of paths) {
    const matchKey = keyOfPayload(payload, path)
    if (matchKey === undefined) continue
    for (const named of await giveToWaits(connection, { event, payload }, [path, matchKey])) due.set(named.runId, named)
  }
  await connection.query(DELIVERED_SQL, [key.tenantId, key.eventId])
  return [...due.values()]
}

interface WaitingRow {
  readonly run_id: RunId
  readonly tenant_id: TenantId
  readonly step_path: string
  readonly iteration: string
  readonly opened_us: string
  readonly match: string
  readonly is_eligible: boolean
}

interface Delivery {
  readonly event: EventRow
  readonly payload: JsonValue
}

const WAITS_A_PAGE = 500
const BEGINNING = ['', '', ''] as const

async function giveToWaits(
  connection: Connection,
  { event, payload }: Delivery,
  lookup: readonly [path: string, key: string],
): Promise<DueRun[]> {
  const due: DueRun[] = []
  let after: readonly [string, string, string] | undefined = BEGINNING
  while (after !== undefined) {
    const args = [event.tenant_id, event.event_id, ...lookup, ...after, WAITS_A_PAGE]
    const waits: WaitingRow[] = await connection.query<WaitingRow>(WAITING_SQL, args)
    const matching = waits.filter(
      ({ match, is_eligible }) => is_eligible && isMatch(payload, parse<JsonObject>(match) ?? {}),
    )
    const gifts = firstOfEachRun(matching).map((wait) => toGift(wait, event))
    const given = await give(connection, gifts)
    due.push(...given.due)
    // A wait that was answered otherwise meanwhile leaves the event to another wait of its run.
    after = given.count < gifts.length ? after : nextPage(waits)
  }
  return due
}

function nextPage(waits: readonly WaitingRow[]): readonly [string, string, string] | undefined {
  const last = waits.length < WAITS_A_PAGE ? undefined : waits.at(-1)
  return last === undefined ? undefined : [last.run_id, last.step_path, last.iteration]
}

/** An event goes to one wait of a run: to the one that was opened first. */
function firstOfEachRun(waits: readonly WaitingRow[]): WaitingRow[] {
  const first = new Map<RunId, WaitingRow>()
  for (const wait of waits) {
    const other = first.get(wait.run_id)
    if (other === undefined || Number(wait.opened_us) < Number(other.opened_us)) first.set(wait.run_id, wait)
  }
  return [...first.values()]
}

function toGift(wait: WaitingRow, event: KeptEvent): Gift {
  return {
    runId: wait.run_id,
    tenantId: wait.tenant_id,
    stepPath: wait.step_path,
    iteration: wait.iteration,
    openedUs: wait.opened_us,
    eventId: event.event_id,
    answer: eventAnswer(event),
  }
}
