import { gathered, type TriggerBuffer } from '../admission/trigger-buffer.js'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { RunIdentity } from '../contracts/run.js'
import type { GatheredTrigger, TriggerToGather } from '../ports/admission-store.js'
import { jsonField, numberField, type TextRow, textField, toColumns } from './columns.js'
import type { Connection, Query } from './query.js'
import {
  BUFFER_COLUMNS,
  ITEM_COLUMNS,
  KEY_COLUMNS,
  LOCK_PLACES_SQL,
  NOW_SQL,
  OPEN_BUFFERS_SQL,
  PLACE_COLUMNS,
  REMEMBER_SQL,
  REPLACE_ITEMS_SQL,
  REPLACED_COLUMNS,
  SEEN_COLUMNS,
  SEEN_SQL,
  WRITE_BUFFERS_SQL,
  WRITE_ITEMS_SQL,
} from './statements/admission.sql.js'
import { NULL_VALUE } from './statements/fragments.sql.js'

/** Keeps triggers in one commit, in the order they came. One that is kept already, as its id says, is answered as before. */
export function gatherTriggers(
  connection: Connection,
  triggers: readonly TriggerToGather[],
): Promise<GatheredTrigger[]> {
  return connection.transaction(async (query) => {
    const places = toColumns(triggers.map(placeFields), PLACE_COLUMNS.length)
    await query(LOCK_PLACES_SQL, places)
    const batch = new GatherBatch(await openBuffers(query, places), await seenTriggers(query, triggers))
    const [time] = await query<{ now: number }>(NOW_SQL, [])
    const answers = triggers.map((trigger, index) => batch.add(trigger, index, time?.now ?? 0))
    await batch.write(query)
    return answers
  })
}

/** What a batch of triggers does to buffers, computed first and written at once. */
class GatherBatch {
  private readonly changed = new Map<RunId, TriggerBuffer>()
  private readonly items: TextRow[] = []
  private readonly keys = new Map<string, TextRow>()
  private readonly runOfKey = new Map<string, RunId>()
  private readonly lastOfRun = new Map<RunId, TextRow>()

  constructor(
    private readonly open: Map<string, TriggerBuffer>,
    private readonly seen: ReadonlyMap<number, RunId>,
  ) {}

  add(given: TriggerToGather, index: number, now: number): GatheredTrigger {
    const key = dedupOf(given)
    const known = this.seen.get(index) ?? (key === undefined ? undefined : this.runOfKey.get(key))
    if (known !== undefined) return { runId: known, created: false, isFull: false }
    const place = placeOf(given)
    const { buffer, closed } = gathered(this.open.get(place), given, now)
    const { runId, tenantId, customerId, workflowId } = buffer.run
    if (closed !== undefined) this.changed.set(closed.run.runId, closed)
    this.changed.set(runId, buffer)
    if (buffer.isClosed) this.open.delete(place)
    else this.open.set(place, buffer)
    const n = numberField(buffer.count)
    this.items.push([textField(given.run.runId, 'run id'), tenantId, customerId, runId, n, jsonField(given.trigger)])
    if (buffer.kind === 'last') this.lastOfRun.set(runId, [runId, tenantId, n])
    if (key !== undefined && given.deduplicationKey !== undefined) {
      this.runOfKey.set(key, runId)
      this.keys.set(key, [tenantId, workflowId, given.deduplicationKey, runId])
    }
    return { runId, created: true, isFull: buffer.isClosed }
  }

  async write(query: Query): Promise<void> {
    if (this.items.length === 0) return
    await query(WRITE_BUFFERS_SQL, toColumns([...this.changed.values()].map(bufferFields), BUFFER_COLUMNS.length))
    await query(WRITE_ITEMS_SQL, toColumns(this.items, ITEM_COLUMNS.length))
    const replaced = [...this.lastOfRun.values()]
    if (replaced.length > 0) await query(REPLACE_ITEMS_SQL, toColumns(replaced, REPLACED_COLUMNS.length))
    await this.remember(query)
  }

  private async remember(query: Query): Promise<void> {
    if (this.keys.size === 0) return
    const rows = await query(REMEMBER_SQL, toColumns([...this.keys.values()], KEY_COLUMNS.length))
    if (rows.length === this.keys.size) return
    // Another process kept a trigger of one of these keys meanwhile: a repetition of the batch will see it.
    throw Object.assign(new Error('A deduplication key was taken meanwhile.'), { code: '40001' })
  }
}

interface BufferRow {
  readonly run_id: RunId
  readonly tenant_id: RunIdentity['tenantId']
  readonly customer_id: RunIdentity['customerId']
  readonly workflow_id: RunIdentity['workflowId']
  readonly version_id: RunIdentity['versionId']
  readonly mode: RunIdentity['mode']
  readonly key: string
  readonly kind: TriggerBuffer['kind']
  readonly count: number
  readonly bytes: number
  readonly first_at: number
  readonly due_at: number
}

async function openBuffers(query: Query, places: string[]): Promise<Map<string, TriggerBuffer>> {
  const rows = await query<BufferRow>(OPEN_BUFFERS_SQL, places)
  const buffers = rows.map((row): TriggerBuffer => {
    const { key, kind, count, bytes, first_at: firstAt, due_at: dueAt } = row
    return { run: toIdentity(row), key, kind, count, bytes, firstAt, dueAt, isClosed: false }
  })
  return new Map(buffers.map((buffer) => [placeOf(buffer), buffer]))
}

/** Whose run it is, of a row with the identity's columns. */
export function toIdentity(
  row: Omit<BufferRow, 'key' | 'kind' | 'count' | 'bytes' | 'first_at' | 'due_at'>,
): RunIdentity {
  return {
    runId: row.run_id,
    tenantId: row.tenant_id,
    customerId: row.customer_id,
    workflowId: row.workflow_id,
    versionId: row.version_id,
    mode: row.mode,
  }
}

async function seenTriggers(query: Query, triggers: readonly TriggerToGather[]): Promise<ReadonlyMap<number, RunId>> {
  const asked = triggers.map(({ run, deduplicationKey }, n) => [
    String(n),
    textField(run.runId, 'run id'),
    run.tenantId,
    run.workflowId,
    deduplicationKey ?? NULL_VALUE,
  ])
  const rows = await query<{ n: number; run_id: RunId }>(SEEN_SQL, toColumns(asked, SEEN_COLUMNS.length))
  return new Map(rows.map(({ n, run_id }) => [n, run_id]))
}

function placeFields({ run, key }: TriggerToGather): TextRow {
  return [
    textField(run.tenantId, 'tenant id'),
    textField(run.customerId, 'customer id'),
    textField(run.workflowId, 'workflow id'),
    textField(key, 'buffer key'),
  ]
}

function bufferFields({ run, key, kind, count, bytes, firstAt, dueAt, isClosed }: TriggerBuffer): TextRow {
  return [
    run.runId,
    run.tenantId,
    run.customerId,
    run.workflowId,
    textField(run.versionId, 'version id'),
    run.mode,
    key,
    kind,
    numberField(count),
    numberField(bytes),
    String(firstAt),
    String(dueAt),
    String(isClosed),
  ]
}

function placeOf({ run, key }: { readonly run: RunIdentity; readonly key: string }): string {
  return [run.tenantId, run.customerId, run.workflowId, key].join('\n')
}

function dedupOf({ run, deduplicationKey }: TriggerToGather): string | undefined {
  return deduplicationKey === undefined ? undefined : [run.tenantId, run.workflowId, deduplicationKey].join('\n')
}

/** The triggers of each run, in order, from rows of JSON text. */
export function triggersByRun(rows: readonly { readonly run_id: RunId; readonly trigger: string }[]) {
  const triggers = new Map<RunId, JsonValue[]>()
  for (const { run_id, trigger } of rows) {
    const list = triggers.get(run_id) ?? []
    // The text of a JSON column is a JSON value by definition.
    list.push(JSON.parse(trigger) as JsonValue)
    triggers.set(run_id, list)
  }
  return triggers
}
