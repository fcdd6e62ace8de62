import type { CustomerId, JsonValue, TenantId } from '@inlay/engine'
import { hideLinks } from '../../approvals/index.js'
import { largeOutputOf } from '../../runs/large-output.js'
import type { RecordedSample } from '../store.js'
import { type SampleRow, TRIGGER_ID } from './store.js'

/** What the trigger and the steps of a workflow gave last, or what is pinned in its place. */
export interface Samples {
  readonly trigger: JsonValue | null
  readonly steps: Record<string, JsonValue>
  /** Ids of the steps whose data is pinned; `$trigger` for the trigger. */
  readonly pinned: string[]
}

/** What is pinned, else what came last of runs and tests, without what is too large to be shown. */
export function latestSamples(
  recorded: readonly RecordedSample[],
  kept: readonly SampleRow[],
  owner: { readonly tenantId: TenantId; readonly customerId: CustomerId },
): Samples {
  const latest = new Map<string, JsonValue>()
  const times = new Map<string, number>()
  const take = (id: string, value: JsonValue, at: number): void => {
    if (at < (times.get(id) ?? 0)) return
    latest.set(id, hideLinks(value))
    times.set(id, at)
  }
  for (const { step_path: path, value, at } of recorded) {
    const isShown = value !== null && largeOutputOf(value, owner) === undefined
    if (isShown) take(path === '' ? TRIGGER_ID : (path.split('/').at(-1) ?? ''), value, at.getTime())
  }
  const pinned = kept.filter((row) => row.is_pinned)
  for (const { step_id: id, value, updated_at: at } of kept) take(id, value, at.getTime())
  for (const { step_id: id, value } of pinned) take(id, value, Number.POSITIVE_INFINITY)
  const { [TRIGGER_ID]: trigger = null, ...steps } = Object.fromEntries(latest)
  return { trigger, steps, pinned: pinned.map((row) => row.step_id) }
}
