import { Counter, Histogram, type Registry } from 'prom-client'

/**
 * What came of an attempt: `retried` and `failed` were not taken, and are or are not sent again; `error` could not be made
 * or noted, which is our fault, and is made again.
 */
type DeliveryOutcome = 'succeeded' | 'retried' | 'failed' | 'error'

/** What is counted of sending. */
export interface WebhookMetrics {
  /** @param durationMs from the request to its answer; absent when that is not known */
  attempted(outcome: DeliveryOutcome, durationMs?: number): void
}

/** A request is given up after 15 seconds. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

/** Counts in Prometheus' format. @param registry of the process */
export function createWebhookMetrics(registry: Registry): WebhookMetrics {
  const registers = [registry]
  const deliveries = new Counter({
    name: 'inlay_webhook_deliveries_total',
    help: 'Attempts to deliver webhooks, by what came of them.',
    labelNames: ['outcome'],
    registers,
  })
  const duration = new Histogram({
    name: 'inlay_webhook_delivery_duration_seconds',
    help: 'Time of the requests that deliver webhooks.',
    buckets: SECONDS,
    registers,
  })
  return {
    attempted: (outcome, durationMs) => {
      deliveries.inc({ outcome })
      if (durationMs !== undefined) duration.observe(durationMs / 1000)
    },
  }
}
