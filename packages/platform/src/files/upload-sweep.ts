import { type BlobStore, type CustomerId, type TenantId, uploadPrefix } from '@inlay/engine'
import type { Database } from '../database/index.js'
import { type Leader, type Loop, startLoop } from '../runs/index.js'
import type { Logger } from '../telemetry/index.js'
import { UploadStore } from './store.js'

const PAUSE_MS = 3_600_000
const DAY_MS = 86_400_000
/** Runs that were given the file as their input can be run again for as long, though no workflow refers to it. */
const KEPT_MS = 30 * DAY_MS
const PAGE = 100
/** Pages of one sweep: what is left waits for the next one. */
const MAX_PAGES = 50

/** What the sweep needs. */
export interface UploadSweepDeps {
  readonly database: Database
  readonly blobs: BlobStore
}

/** Removes uploads to which nothing refers, a month after they came. One process of the deployment does it at a time. */
export function startUploadSweep(deps: UploadSweepDeps & { readonly leader: Leader; readonly log: Logger }): Loop {
  const { leader, log } = deps
  return startLoop(PAUSE_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      for (let page = 0; page < MAX_PAGES; page++) if ((await sweepUploads(deps, Date.now())) < PAGE) return
    } catch (error) {
      log.warn({ error }, 'Old uploads were not swept; the next time follows.')
    }
  })
}

/**
 * Looks at one page of old uploads: removes what nothing refers to, and puts off the rest for a day.
 *
 * @returns how many it has looked at
 */
export async function sweepUploads({ database, blobs }: UploadSweepDeps, nowMs: number): Promise<number> {
  const store = new UploadStore(database)
  const due = await database.engine<{ tenant_id: TenantId; customer_id: CustomerId; id: string }[]>`
    UPDATE inlay.uploads SET checked_at = ${new Date(nowMs)}
    WHERE (tenant_id, id) IN (
      SELECT tenant_id, id FROM inlay.uploads
      WHERE created_at < ${new Date(nowMs - KEPT_MS)} AND checked_at < ${new Date(nowMs - DAY_MS)}
      ORDER BY checked_at LIMIT ${PAGE})
    RETURNING tenant_id, customer_id, id`
  for (const { tenant_id: tenantId, customer_id: customerId, id } of due) {
    const scope = { tenantId, customerId }
    await store.removeUnused(scope, id, {
      snapshotsSince: new Date(nowMs - KEPT_MS),
      within: () => blobs.deletePrefix(uploadPrefix(scope, id)),
    })
  }
  return due.length
}
