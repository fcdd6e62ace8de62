import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What a process counts, in Prometheus' format. */
export interface Metrics {
  readonly registry: Registry
  /** Seconds from a request's arrival to the end of its answer, by `route`, `method` and `status`. */
  readonly requestDuration: Histogram<'route' | 'method' | 'status'>
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]

/** A registry of its own with the process's figures; nothing is registered globally. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const requestDuration = new Histogram({
    name: 'inlay_http_request_duration_seconds',
    help: 'Time to answer API requests.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  return { registry, requestDuration }
}
