import type postgres from 'postgres'
import { Gauge, type Registry } from 'prom-client'
import type { Logger } from '../telemetry/index.js'

/** What measuring needs. */
interface WaitingMetricsDeps {
  readonly registry: Registry
  /** As the role `inlay_engine`. */
  readonly sql: postgres.Sql
  readonly log: Logger
}

interface Waiting {
  readonly due: number
  readonly later: number
  readonly age: number
}

/** Counting more would cost each look more than the number is worth. */
const MOST_COUNTED = 100_000
const LOOK_MS = 3000

/**
 * Measures how many webhooks wait to be sent, whenever somebody reads the registry. The numbers are those of the whole
 * deployment, whichever process tells them: a process that does not send can tell of senders that are gone.
 */
export function measureWaitingWebhooks({ registry, sql, log }: WaitingMetricsDeps): void {
  let looking: Promise<void> | undefined
  const collect = (): Promise<void> => {
    // Both are read at once, and need one look.
    looking ??= withinTime(waitingNow(sql))
      .then(tell, (error: unknown) => {
        // What is not known is left out: it is neither zero nor what it was before.
        count.reset()
        age.remove()
        log.warn({ error }, 'Webhooks that wait could not be counted for the metrics.')
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }
  const count = new Gauge({
    name: 'inlay_webhook_deliveries_waiting',
    help: `Webhooks to be sent: due now, or later (under way, or to be tried again). At most ${MOST_COUNTED} are counted.`,
    labelNames: ['when'],
    registers: [registry],
    collect,
  })
  const age = new Gauge({
    name: 'inlay_webhook_oldest_due_age_seconds',
    help: 'How long the webhook that is due for longest has waited to be sent; 0 when none is due.',
    registers: [registry],
    collect,
  })
  const tell = (waiting: Waiting): void => {
    count.set({ when: 'due' }, waiting.due)
    count.set({ when: 'later' }, waiting.later)
    age.set(waiting.age)
  }
}

async function waitingNow(sql: postgres.Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`
    SELECT count(*) FILTER (WHERE due_at <= now())::integer AS due,
      count(*) FILTER (WHERE due_at > now())::integer AS later,
      greatest(0, coalesce(extract(epoch FROM now() - min(due_at)), 0))::float8 AS age
    FROM (SELECT due_at FROM inlay.webhook_deliveries WHERE due_at IS NOT NULL AND NOT is_pulled
      ORDER BY due_at LIMIT ${MOST_COUNTED}) waiting`
  return row ?? { due: 0, later: 0, age: 0 }
}

/** What else is measured must not wait for a database that does not answer. */
async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The database did not answer within ${LOOK_MS} ms.`)), LOOK_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
