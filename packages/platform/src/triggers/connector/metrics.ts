import { Counter, type Registry } from 'prom-client'

/** What is counted of connector triggers. */
export interface TriggerMetrics {
  polled(connector: string, outcome: 'succeeded' | 'failed'): void
  items(connector: string, counts: { readonly started: number; readonly refused: number }): void
  delivered(connector: string, outcome: DeliveryOutcome): void
}

/** What became of a delivery; `unknown`: its account is connected by nobody. */
export type DeliveryOutcome = 'accepted' | 'answered' | 'refused' | 'failed' | 'unknown'

/** Counts in Prometheus' format. @param registry of the process */
export function createTriggerMetrics(registry: Registry): TriggerMetrics {
  const registers = [registry]
  const polls = new Counter({
    name: 'inlay_trigger_polls_total',
    help: 'Polls of connector triggers.',
    labelNames: ['connector', 'outcome'],
    registers,
  })
  const items = new Counter({
    name: 'inlay_trigger_items_total',
    help: 'Items that connector triggers told of: runs started, and items left out.',
    labelNames: ['connector', 'outcome'],
    registers,
  })
  const deliveries = new Counter({
    name: 'inlay_trigger_deliveries_total',
    help: 'Requests of services to the addresses of connector triggers.',
    labelNames: ['connector', 'outcome'],
    registers,
  })
  return {
    polled: (connector, outcome) => polls.inc({ connector, outcome }),
    items: (connector, { started, refused }) => {
      items.inc({ connector, outcome: 'started' }, started)
      items.inc({ connector, outcome: 'refused' }, refused)
    },
    delivered: (connector, outcome) => deliveries.inc({ connector, outcome }),
  }
}
