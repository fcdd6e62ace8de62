import { type JsonValue, WORKFLOW_SCHEMA } from '@inlay/engine'

/** A small trigger. */
export const ORDER: JsonValue = { id: 'A-1001', total: 99.5, currency: 'EUR' }

/** Actions that do nothing, each durable before the next begins. */
export function durableSteps(count: number): JsonValue[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `step${n}`,
    type: 'action',
    connector: 'bench',
    action: 'nothing',
    input: { id: '{{ trigger.id }}', n },
  }))
}

/** The line: set three fields, branch, POST to the stub. */
export function lineDefinition(stubUrl: string): JsonValue {
  const input = {
    method: 'POST',
    url: `${stubUrl}/effect`,
    body: { text: 'Order {{ steps.order.output.id }}', sentAt: '{{ trigger.body.sentAt }}' },
  }
  const tell = { id: 'tell', type: 'action', connector: 'http', action: 'request', input }
  const values = {
    id: '{{ trigger.body.order.id }}',
    total: '{{ trigger.body.order.total }}',
    currency: '{{ trigger.body.order.currency }}',
  }
  return {
    schema: WORKFLOW_SCHEMA,
    name: 'Benchmark',
    trigger: { type: 'webhook' },
    steps: [
      { id: 'order', type: 'set', values },
      { id: 'size', type: 'branch', cases: [{ if: '{{ steps.order.output.total > 50 }}', steps: [tell] }], else: [] },
    ],
  }
}

/** Rests for a month. */
export function parkedDefinition(): JsonValue {
  const rest = { id: 'rest', type: 'wait', for: '30d' }
  return { schema: WORKFLOW_SCHEMA, name: 'Parked', trigger: { type: 'manual' }, steps: [rest] }
}
