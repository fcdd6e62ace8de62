import type { JsonValue } from '@inlay/engine'

/** The demo's automation: big orders are told to a chat, small ones are only noted. */
export function bigOrders(stubUrl: string): JsonValue {
  return {
    schema: 'inlay/workflow@1',
    name: 'Big orders to the sales chat',
    trigger: { type: 'webhook' },
    steps: [
      {
        id: 'order',
        type: 'set',
        name: 'Read the order',
        values: {
          id: '{{ trigger.body.order.id }}',
          total: '{{ trigger.body.order.total }}',
          customer: '{{ trigger.body.order.customer ?? "a customer" }}',
        },
      },
      {
        id: 'size',
        type: 'branch',
        name: 'Is it a big order?',
        cases: [
          {
            name: 'Big order',
            if: '{{ steps.order.output.total > 50 }}',
            steps: [
              {
                id: 'tell',
                type: 'action',
                name: 'Tell the sales chat',
                connector: 'http',
                action: 'request',
                input: {
                  method: 'POST',
                  url: `${stubUrl}/chat`,
                  body: {
                    text: 'Order {{ steps.order.output.id }} of {{ steps.order.output.total }} from {{ steps.order.output.customer }}',
                  },
                },
                retry: { maxAttempts: 5, initialInterval: '1s', backoffCoefficient: 2, maxInterval: '1m' },
                timeout: '30s',
              },
            ],
          },
        ],
        else: [],
      },
    ],
  }
}

/** A second automation, so that lists are not empty: it runs by the clock. */
export function morningReport(stubUrl: string): JsonValue {
  return {
    schema: 'inlay/workflow@1',
    name: 'Morning report',
    trigger: { type: 'schedule', cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin' },
    steps: [
      {
        id: 'send',
        type: 'action',
        name: 'Send the report',
        connector: 'http',
        action: 'request',
        input: { method: 'POST', url: `${stubUrl}/report`, body: { at: '{{ trigger.scheduledAt }}' } },
      },
    ],
  }
}
