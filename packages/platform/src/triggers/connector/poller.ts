import {
  type Engine,
  type JsonValue,
  type PollingTrigger,
  StepError,
  type TriggerItem,
  toPlainJson,
} from '@inlay/engine'
import { explain, spread } from './backoff.js'
import type { TriggerClaim } from './claims.js'
import { checkItem, describeRefused, itemKey, requireItems, type StartedItems, startItems } from './items.js'
import type { TriggerMetrics } from './metrics.js'
import type { ConnectorTriggerStore, PollOutcome } from './store.js'
import type { OpenedTrigger, TriggerCode } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

const MIN_INTERVAL_MS = 60_000
const DEFAULT_INTERVAL_MS = 300_000
/** Items of one poll that become runs; the rest follow with the next. */
const MAX_STARTS = 1000
/** Milliseconds for starting runs, which together with the poll itself stay within the lease. */
const START_TIME_MS = 60_000
/** Between two looks whether the trigger is still armed. */
const START_BATCH = 50
/** Items that one poll may tell of. */
const MAX_ITEMS = 20_000
/** Polls that may follow each other at once. */
const MAX_SERIES = 100
const MAX_CURSOR_BYTES = 262_144

/** What polling needs. */
export interface PollerDeps {
  readonly store: ConnectorTriggerStore
  readonly code: TriggerCode
  readonly engine: Pick<Engine, 'start'>
  readonly metrics: TriggerMetrics
  readonly random: () => number
  /** Milliseconds that the code of one poll may take. */
  readonly pollTimeoutMs: number
  /** Aborted when the process stops. */
  readonly signal: AbortSignal
}

/** A claimed polling trigger. */
export interface Polling {
  readonly claim: TriggerClaim
  readonly row: TriggerRow
  readonly opened: OpenedTrigger
  readonly trigger: PollingTrigger
}

/** What a poll gave, as far as it could be read. */
interface Told {
  readonly items: readonly TriggerItem[]
  readonly cursor: JsonValue
  readonly hasMore: boolean
  /** Takes out of data the credentials that the service has repeated. */
  readonly clean: (data: JsonValue) => JsonValue
}

/** Milliseconds between two polls. */
export function intervalOf({ intervalMs = DEFAULT_INTERVAL_MS }: PollingTrigger): number {
  return Math.max(MIN_INTERVAL_MS, intervalMs)
}

/**
 * Polls once. Runs are started before cursor and items are kept: after a crash between the two the same items are told
 * again, and their deduplication keys tell them apart. No transaction is open while the service or the engine is called.
 */
export async function pollOnce(deps: PollerDeps, polling: Polling): Promise<void> {
  const { store, metrics } = deps
  const { claim, row, opened } = polling
  const told = await ask(deps, polling)
  const isBaseline = !row.is_learned
  const known = await store.toldItems(
    row,
    told.items.map(({ id }) => itemKey(id)),
  )
  const fresh = unique(told.items).filter(({ id }) => !known.has(itemKey(id)))
  const started = await startRuns(deps, polling, { ...told, items: isBaseline ? [] : fresh.slice(0, MAX_STARTS) })
  // The cursor that was given is past all items: while some are left, the one before is asked with again.
  const isCut = !isBaseline && fresh.length > started.taken
  const isLearned = row.is_learned || !told.hasMore
  const left = new Set(isCut ? fresh.slice(started.taken) : [])
  await store.finishPoll(claim, {
    ...pace(deps, polling, isCut || told.hasMore),
    status: isLearned ? 'active' : 'starting',
    detail: describeRefused(started),
    failures: 0,
    cursor: isCut ? row.cursor : told.cursor,
    isLearned,
    told: unique(told.items.filter((item) => !left.has(item))).map(({ id }) => itemKey(id)),
  })
  metrics.polled(opened.connector.id, 'succeeded')
  metrics.items(opened.connector.id, { started: started.started, refused: started.refused.length })
}

/** When the next poll follows. A service that always has more is not asked without end. */
function pace(
  { random }: PollerDeps,
  { row, trigger }: Polling,
  hasMore: boolean,
): Pick<PollOutcome, 'delayMs' | 'series'> {
  const goesOn = hasMore && row.series < MAX_SERIES
  if (goesOn) return { delayMs: 0, series: row.series + 1 }
  return { delayMs: spread(intervalOf(trigger), random()), series: 0 }
}

async function ask({ code, signal, pollTimeoutMs }: PollerDeps, { row, opened, trigger }: Polling): Promise<Told> {
  const { connector } = opened
  const { given, clean } = await code.call(row, opened, {
    timeoutMs: pollTimeoutMs,
    signal,
    run: async (context, clean) => {
      const given: unknown = await trigger.poll({
        ...context,
        cursor: row.cursor,
        isFirst: !row.is_learned,
        now: Date.now(),
      })
      return { given, clean }
    },
  })
  if (typeof given !== 'object' || given === null) throw notAResult(connector.name, 'It gave nothing.')
  const { items, cursor = null, hasMore = false } = given as { items?: unknown; cursor?: unknown; hasMore?: unknown }
  const read = requireItems(connector.name, items)
  if (read.length > MAX_ITEMS) {
    throw new StepError('limit', `${connector.name} told of ${read.length} items at once`, {
      detail: `At most ${MAX_ITEMS} are taken. The connector has to tell of them page by page, with \`hasMore\`.`,
    })
  }
  return { items: read, cursor: readCursor(connector.name, cursor), hasMore: hasMore === true, clean }
}

function readCursor(connectorName: string, cursor: unknown): JsonValue {
  try {
    return toPlainJson(cursor, { maxBytes: MAX_CURSOR_BYTES, name: 'cursor' })
  } catch (error) {
    throw notAResult(connectorName, explain(error))
  }
}

interface TakenItems extends StartedItems {
  /** How many of the items, from the first on, need not be looked at again. */
  readonly taken: number
}

/** Stops between batches when time is up, the workflow was switched off, or somebody else has taken over. */
async function startRuns(
  { store, engine }: PollerDeps,
  { claim, row, trigger }: Polling,
  { items, clean }: Pick<Told, 'items' | 'clean'>,
): Promise<TakenItems> {
  const { tenant_id: tenantId, customer_id: customerId, workflow_id: workflowId, version_id: versionId, id } = row
  const refused: StartedItems['refused'][number][] = []
  const deadline = Date.now() + START_TIME_MS
  let started = 0
  let taken = 0
  while (taken < items.length && workflowId !== null && Date.now() < deadline && (await store.isArmed(claim))) {
    const checked = items.slice(taken, taken + START_BATCH).map((item) => checkItem(trigger, item, clean))
    const target = { tenantId, customerId, workflowId, versionId, triggerId: id }
    const result = await startItems(engine, target, checked)
    taken += checked.length
    started += result.started
    refused.push(...result.refused)
  }
  return { started, refused, taken }
}

/** The first of each id: a list may hold one twice. */
function unique(items: readonly TriggerItem[]): TriggerItem[] {
  const byKey = new Map<string, TriggerItem>()
  for (const item of items) if (!byKey.has(itemKey(item.id))) byKey.set(itemKey(item.id), item)
  return [...byKey.values()]
}

function notAResult(connectorName: string, why: string): StepError {
  return new StepError('bug', `${connectorName} gave something else than a poll's result`, {
    detail: `${why} This is a mistake in the connector; report it to whoever made it.`,
  })
}
