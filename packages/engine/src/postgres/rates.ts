import { expiresAt, nextFree, type RateHistory, withStart } from '../admission/rate-window.js'
import type { RateAnswer, RateClaim } from '../ports/admission-store.js'
import { numberField, textField, toColumns } from './columns.js'
import type { Connection, Query } from './query.js'
import { LOCK_RATES_SQL, RATE_WRITE_COLUMNS, WRITE_RATES_SQL } from './statements/admission.sql.js'

interface RateRow {
  readonly tenant_id: string
  readonly key: string
  readonly history: string
  readonly now: number
}

/** What this package wrote: the history of one rate. */
interface Locked {
  readonly now: number
  history: RateHistory
  expiresAt: number
}

/** Decides claims in the order they came. A batch that is repeated after an unknown outcome may count its starts twice. */
export function takeRates(connection: Connection, claims: readonly RateClaim[]): Promise<RateAnswer[]> {
  return connection.transaction(async (query) => {
    const rates = await lockRates(query, claims)
    const answers = claims.map((claim) => decide(claim, rates.get(placeOf(claim))))
    const rows = [...distinct(claims)].flatMap(([place, { tenantId, key }]) => {
      const rate = rates.get(place)
      return rate === undefined ? [] : [[tenantId, key, JSON.stringify(rate.history), numberField(rate.expiresAt)]]
    })
    await query(WRITE_RATES_SQL, toColumns(rows, RATE_WRITE_COLUMNS.length))
    return answers
  })
}

function decide({ onExcess, ...claim }: RateClaim, rate: Locked | undefined): RateAnswer {
  if (rate === undefined) throw new TypeError('A rate was not locked.')
  const { history, now } = rate
  const at = nextFree(history, claim, now)
  const isTaken = at <= now || onExcess === 'queue'
  if (isTaken) rate.history = withStart(history, claim, { at, now })
  rate.expiresAt = Math.max(rate.expiresAt, expiresAt(rate.history, claim))
  return { isTaken, delayMs: at - now }
}

async function lockRates(query: Query, claims: readonly RateClaim[]): Promise<Map<string, Locked>> {
  const asked = [...distinct(claims).values()].map(({ tenantId, key }) => [
    textField(tenantId, 'tenant id'),
    textField(key, 'rate key'),
  ])
  const rows = await query<RateRow>(LOCK_RATES_SQL, toColumns(asked, 2))
  return new Map(
    rows.map(({ tenant_id, key, history, now }) => [
      placeOf({ tenantId: tenant_id, key }),
      // Written by `takeRates` alone.
      { now: Math.floor(now), history: JSON.parse(history) as RateHistory, expiresAt: 0 },
    ]),
  )
}

function distinct(claims: readonly RateClaim[]): Map<string, RateClaim> {
  return new Map(claims.map((claim) => [placeOf(claim), claim]))
}

function placeOf({ tenantId, key }: { readonly tenantId: string; readonly key: string }): string {
  return `${tenantId}\n${key}`
}
