import { action, z } from '@inlay/sdk/connector'
import { change, globalId } from '../shopify-api.js'

const draftSchema = z.object({
  id: z.string().meta({ title: 'Draft id' }),
  name: z.string().meta({ title: 'Number' }),
  status: z.string().meta({ title: 'Status' }),
  invoiceUrl: z.string().nullable().meta({ title: 'Address where it is paid' }),
})

/** Creates a draft of an order. */
export const createDraftOrder = action({
  name: 'Create a draft order',
  description: 'Creates an order that waits to be paid, with an address where the customer pays.',
  input: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          variant: z
            .string()
            .min(1)
            .meta({ title: 'Variant', description: 'Its id.', examples: ['gid://shopify/ProductVariant/43729076'] }),
          quantity: z.coerce.number().int().min(1).default(1).meta({ title: 'Quantity' }),
        }),
      )
      .min(1)
      .meta({ title: 'Lines' }),
    email: z.email().optional().meta({ title: 'E-mail address of the customer' }),
    customer: z
      .string()
      .optional()
      .meta({ title: 'Customer', description: 'Its id.', examples: ['gid://shopify/Customer/544365967'] }),
    note: z.string().optional().meta({ title: 'Note', format: 'multiline' }),
    tags: z.array(z.string()).optional().meta({ title: 'Tags' }),
  }),
  output: draftSchema,
  sampleInput: { lines: [{ variant: 'gid://shopify/ProductVariant/43729076', quantity: 2 }] },
  sampleOutput: {
    id: 'gid://shopify/DraftOrder/1',
    name: '#D1',
    status: 'OPEN',
    invoiceUrl: 'https://acme-store.myshopify.com/1/invoices/example',
  },
  scopes: ['write_draft_orders'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { lines, customer, ...rest } = context.input
    const lineItems = lines.map(({ variant, quantity }) => ({
      variantId: globalId('ProductVariant', variant),
      quantity,
    }))
    const purchasingEntity = customer === undefined ? undefined : { customerId: globalId('Customer', customer) }
    const { draftOrder } = await change(context, {
      query: `mutation Create($input: DraftOrderInput!) { result: draftOrderCreate(input: $input) {
        draftOrder { id name status invoiceUrl } userErrors { field message } } }`,
      variables: { input: { ...rest, lineItems, purchasingEntity } },
      data: z.object({ draftOrder: draftSchema }),
    })
    return draftOrder
  },
})
