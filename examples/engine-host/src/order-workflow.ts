import type { VersionId, WorkflowId } from '@inlay/engine'

/** Ids are the host's own; a new version of the document gets a new version id, and runs under way stay on theirs. */
export const ORDER_WORKFLOW = 'wf_order' as WorkflowId
export const ORDER_VERSION = 'ver_order_1' as VersionId

/**
 * What happens to an order: stock is reserved, a large order waits for a person, then it is shipped. When it is refused or
 * anything fails, the reservation is taken back.
 */
export const orderDefinition = {
  schema: 'inlay/workflow@1',
  name: 'Order',
  trigger: { type: 'manual' },
  steps: [
    {
      id: 'reserve',
      type: 'action',
      connector: 'warehouse',
      action: 'reserve',
      input: { sku: '{{ trigger.sku }}', quantity: '{{ trigger.quantity }}' },
      retry: { maxAttempts: 5, initialInterval: '1s' },
      compensate: {
        id: 'release',
        type: 'action',
        connector: 'warehouse',
        action: 'release',
        input: { reservation: '{{ steps.reserve.output.reservation }}' },
      },
    },
    {
      id: 'large',
      type: 'branch',
      cases: [
        {
          if: 'trigger.quantity > 10',
          steps: [
            {
              id: 'decision',
              type: 'wait',
              approval: { title: 'Ship {{ trigger.quantity }} × {{ trigger.sku }}?', timeout: '3d' },
            },
            {
              id: 'refused',
              type: 'stop',
              if: '!steps.decision.output.approved',
              outcome: 'failed',
              message: 'The order was refused.',
            },
          ],
        },
      ],
    },
    {
      id: 'ship',
      type: 'action',
      connector: 'warehouse',
      action: 'ship',
      input: { reservation: '{{ steps.reserve.output.reservation }}' },
    },
  ],
}
