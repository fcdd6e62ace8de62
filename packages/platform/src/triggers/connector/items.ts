import {
  type ConnectorTrigger,
  type CustomerId,
  type Engine,
  isInlayError,
  type JsonValue,
  StepError,
  type TenantId,
  type TriggerItem,
  toPlainJson,
  type VersionId,
  type WorkflowId,
} from '@inlay/engine'
import { z } from 'zod'
import { lookupOf } from '../../database/index.js'
import { explain } from './backoff.js'

/** Bytes of an item's data, as the engine bounds them. */
const MAX_ITEM_BYTES = 1_048_576
const MAX_ID_LENGTH = 10_000
const PLAIN_ID = /^[\x21-\x7e][\x20-\x7e]{0,149}$/

/** What the runs of a trigger's items are. */
export interface ItemTarget {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly workflowId: WorkflowId
  readonly versionId: VersionId
  /** Of the trigger's row: items of another start of it are others. */
  readonly triggerId: string
}

/** An item that may start a run, or why it does not. */
export type CheckedItem =
  | { readonly ok: true; readonly key: string; readonly data: JsonValue }
  | { readonly ok: false; readonly key: string; readonly reason: string }

/** What became of items. */
export interface StartedItems {
  readonly started: number
  /** Items that will never start a run, and why. */
  readonly refused: readonly { readonly key: string; readonly reason: string }[]
}

const itemsSchema = z.array(z.object({ id: z.string().min(1).max(MAX_ID_LENGTH), data: z.unknown() }))

/**
 * What a connector gave as items, as a list of them.
 *
 * @throws StepError `bug` when it is none
 */
export function requireItems(connectorName: string, given: unknown): TriggerItem[] {
  const parsed = itemsSchema.safeParse(given)
  // What `data` holds is looked into item by item, so that one of them does not spoil the others.
  if (parsed.success) return parsed.data as TriggerItem[]
  const [issue] = parsed.error.issues
  const place = issue === undefined ? '' : ` at ${issue.path.map(String).join('.') || 'items'}: ${issue.message}`
  throw new StepError('bug', `${connectorName} gave something else than items`, {
    detail: `The mistake is in the connector${place}. Report it to whoever made it.`,
  })
}

/** An item's own name within its trigger: the id itself, or the hash of one that is too long or odd for a key. */
export function itemKey(id: string): string {
  return PLAIN_ID.test(id) && !id.startsWith('sha256 ') ? id : `sha256 ${lookupOf(id)}`
}

/** Looks whether an item is what its trigger promises. @param clean takes out what must not be in it */
export function checkItem(
  trigger: ConnectorTrigger,
  { id, data }: TriggerItem,
  clean: (data: JsonValue) => JsonValue = (plain) => plain,
): CheckedItem {
  const key = itemKey(id)
  try {
    const parsed = trigger.output.safeParse(data)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const place = issue?.path.map(String).join('.') || 'item'
      return { ok: false, key, reason: `Its ${place} is not what the trigger promises: ${issue?.message ?? ''}` }
    }
    const plain = toPlainJson(data, { maxBytes: MAX_ITEM_BYTES, name: 'item' })
    if (holdsNul(plain)) return { ok: false, key, reason: 'It holds the character U+0000, which cannot be stored' }
    return { ok: true, key, data: clean(plain) }
  } catch (error) {
    return { ok: false, key, reason: explain(error) }
  }
}

/**
 * Starts a run for each item, in their order, each once however often this is repeated.
 *
 * @throws whatever keeps runs from being recorded: nothing is lost then, if the items are given once more
 */
export async function startItems(
  engine: Pick<Engine, 'start'>,
  target: ItemTarget,
  items: readonly CheckedItem[],
): Promise<StartedItems> {
  const refused: { key: string; reason: string }[] = []
  let started = 0
  for (const item of items) {
    if (!item.ok) {
      refused.push(item)
      continue
    }
    const reason = await startOne(engine, target, item)
    if (reason === undefined) started += 1
    else refused.push({ key: item.key, reason })
  }
  return { started, refused }
}

/** What people are told of items that started nothing; null when all did. */
export function describeRefused({ refused }: StartedItems): string | null {
  const [first] = refused
  if (first === undefined) return null
  const count = refused.length === 1 ? 'One item was' : `${refused.length} items were`
  return `${count} left out. "${first.key.slice(0, 100)}": ${first.reason.replace(/[.]$/, '')}.`.slice(0, 1000)
}

/** @returns why the engine does not take it, if it does not */
async function startOne(
  engine: Pick<Engine, 'start'>,
  { triggerId, ...run }: ItemTarget,
  { key, data }: { readonly key: string; readonly data: JsonValue },
): Promise<string | undefined> {
  try {
    await engine.start({ ...run, mode: 'live', trigger: data, deduplicationKey: `item:${triggerId}:${key}` })
    return undefined
  } catch (error) {
    if (!isInlayError(error) || error.code !== 'step.limit') throw error
    return explain(error)
  }
}

function holdsNul(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => name.includes('\0') || holdsNul(inner))
}
