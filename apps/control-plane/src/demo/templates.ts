import type { JsonValue } from '@inlay/engine'
import type { NewTemplate } from '@inlay/platform/templates'

const event = { type: 'event', name: 'order.placed' } as const

function definition(name: string, steps: readonly JsonValue[]): JsonValue {
  return { schema: 'inlay/workflow@1', name, trigger: event, steps }
}

const isBig = '{{ trigger.payload.total >= vars.above }}'
const above = { type: 'number', title: 'Orders of at least (€)', default: 100 }

/** What the demo's customers can switch on: one that works at once, and one that asks for an account. */
export function demoTemplates(stubUrl: string): readonly NewTemplate[] {
  const text = 'Order {{ trigger.payload.id }} of {{ trigger.payload.total }} € from {{ trigger.payload.customer }}'
  const tell = {
    id: 'tell',
    type: 'action',
    name: 'Tell the sales chat',
    if: isBig,
    connector: 'http',
    action: 'request',
    input: { method: 'POST', url: `${stubUrl}/chat`, body: { text: `{{ vars.greeting }} ${text}` } },
  }
  const post = {
    id: 'post',
    type: 'action',
    name: 'Post to Slack',
    if: isBig,
    connector: 'slack',
    action: 'postMessage',
    input: { channel: '{{ vars.channel }}', text },
  }
  const sample = { name: 'order.placed', payload: { id: 'A-1001', total: 149.9, customer: 'Kim Lee' } }
  return [
    {
      name: 'Tell the sales chat about big orders',
      description: 'Writes a message as soon as somebody places a big order, so that sales can say thank you.',
      ...{ useCase: 'Orders', sample },
      definition: definition('Tell the sales chat about big orders', [tell]),
      settings: {
        type: 'object',
        properties: { above, greeting: { type: 'string', title: 'The message begins with', default: 'Hooray!' } },
      },
    },
    {
      name: 'Big orders to Slack',
      description: 'Posts each big order to a channel of your Slack.',
      ...{ useCase: 'Orders', sample },
      definition: definition('Big orders to Slack', [post]),
      settings: {
        type: 'object',
        properties: {
          channel: { type: 'string', title: 'Channel', description: 'For example #sales.', minLength: 1 },
          above,
        },
        required: ['channel'],
      },
    },
  ]
}
