import type { Workflow } from '@inlay/embed-ui'

const SENT_AT = '2026-01-05T09:00:00.000Z'

const DEFINITION = {
  schema: 'inlay/workflow@1',
  name: 'Big orders to the sales team',
  trigger: { type: 'webhook' },
  steps: [
    {
      id: 'size',
      type: 'branch',
      name: 'How big is it?',
      cases: [
        {
          if: '{{ trigger.body.order.total > 500 }}',
          steps: [
            {
              id: 'tell',
              type: 'action',
              name: 'Tell the sales team',
              connector: 'chat',
              action: 'send',
              input: { channel: '#sales', text: 'New order of {{ trigger.body.order.customer }}' },
            },
          ],
        },
      ],
      else: [{ id: 'pause', type: 'wait', for: '10m' }],
    },
    {
      id: 'thank',
      type: 'action',
      name: 'Thank the customer',
      connector: 'mail',
      action: 'send',
      input: { to: '{{ trigger.body.order.email }}', subject: 'Thank you', text: 'We have received your order.' },
    },
  ],
}

/** What the preview shows: a bit of everything, and one thing that is missing. */
export const PREVIEW_WORKFLOW: Workflow = {
  id: 'wf_preview',
  customerId: 'cus_preview',
  name: DEFINITION.name,
  enabled: true,
  triggerType: 'webhook',
  publishedVersion: 2,
  hasUnpublishedChanges: true,
  lastRun: null,
  updatedAt: SENT_AT,
  draft: {
    definition: DEFINITION,
    revision: 1,
    issues: [{ code: 'field.missing', pointer: '/steps/1/input/to', stepId: 'thank', message: 'Say who gets it.' }],
    updatedAt: SENT_AT,
  },
  published: { id: 'ver_preview', number: 2, publishedAt: SENT_AT },
  trigger: { webhookUrl: 'https://automations.example.com/hooks/…', nextFireAt: null, connector: null },
}

/** What its trigger has got. */
export const PREVIEW_SAMPLES = {
  trigger: { body: { order: { id: 'A-1001', total: 740, customer: 'Kim Lee', email: 'kim@example.com' } } },
  steps: {},
  pinned: [],
}
