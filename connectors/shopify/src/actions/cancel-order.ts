import { action, StepError, z } from '@inlay/sdk/connector'
import { orderField } from '../order.js'
import { ask, globalId } from '../shopify-api.js'

const outcome = z.object({
  result: z.object({
    job: z.object({ id: z.string(), done: z.boolean() }).nullish(),
    orderCancelUserErrors: z.array(z.object({ message: z.string() })),
  }),
})

/** Cancels an order. */
export const cancelOrder = action({
  name: 'Cancel an order',
  description: 'Cancels an order, and pays it back when you say so. This cannot be undone.',
  input: z.strictObject({
    order: orderField,
    reason: z
      .enum(['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'STAFF', 'OTHER'])
      .default('OTHER')
      .meta({ title: 'Reason' }),
    refunds: z.boolean().default(false).meta({ title: 'Pay it back', description: 'By the way it was paid.' }),
    restocks: z.boolean().default(true).meta({ title: 'Put everything back into stock' }),
    notifyCustomer: z.boolean().default(false).meta({ title: 'Tell the customer' }),
    note: z.string().max(255).optional().meta({ title: 'Note for the staff' }),
  }),
  output: z.object({
    job: z.string().nullable().meta({ title: 'Id of the job', description: 'Shopify cancels within some seconds.' }),
  }),
  sampleInput: { order: 'gid://shopify/Order/148977776', reason: 'CUSTOMER', refunds: true },
  sampleOutput: { job: 'gid://shopify/Job/1' },
  scopes: ['write_orders'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { order, reason, refunds, restocks: restock, notifyCustomer, note } = context.input
    const { result } = await ask(context, {
      query: `mutation Cancel($orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notifyCustomer: Boolean,
        $staffNote: String, $refundMethod: OrderCancelRefundMethodInput) {
        result: orderCancel(orderId: $orderId, reason: $reason, restock: $restock, notifyCustomer: $notifyCustomer,
          staffNote: $staffNote, refundMethod: $refundMethod) { job { id done } orderCancelUserErrors { message } } }`,
      variables: {
        orderId: globalId('Order', order),
        reason,
        restock,
        notifyCustomer,
        staffNote: note,
        refundMethod: { originalPaymentMethodsRefund: refunds },
      },
      data: outcome,
    })
    const problems = result.orderCancelUserErrors.map(({ message }) => message)
    if (problems.length === 0) return { job: result.job?.id ?? null }
    throw new StepError('rejected', 'Shopify did not cancel the order', { detail: problems.join(' ') })
  },
})
