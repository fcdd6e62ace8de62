import { z } from '@inlay/sdk/connector'

/** What is asked of a customer. */
export const CUSTOMER_FIELDS = `id displayName firstName lastName note tags numberOfOrders createdAt
  defaultEmailAddress { emailAddress }`

/** A customer as Shopify tells of one. */
export const customerSchema = z.object({
  id: z.string().meta({ title: 'Customer id' }),
  displayName: z.string().meta({ title: 'Name' }),
  firstName: z.string().nullish().meta({ title: 'First name' }),
  lastName: z.string().nullish().meta({ title: 'Last name' }),
  note: z.string().nullish().meta({ title: 'Note' }),
  tags: z.array(z.string()).meta({ title: 'Tags' }),
  numberOfOrders: z.coerce.string().meta({ title: 'Number of orders' }),
  createdAt: z.string().meta({ title: 'Created' }),
  defaultEmailAddress: z
    .object({ emailAddress: z.string().meta({ title: 'E-mail address' }) })
    .nullish()
    .meta({ title: 'E-mail address' }),
})

/** A customer as in Shopify's documentation. */
export const sampleCustomer = {
  id: 'gid://shopify/Customer/544365967',
  displayName: 'Bob Bobsen',
  firstName: 'Bob',
  lastName: 'Bobsen',
  note: null,
  tags: [],
  numberOfOrders: '25',
  createdAt: '2026-03-01T10:00:00Z',
  defaultEmailAddress: { emailAddress: 'bob@mail.example.com' },
}

/** What can be said of a customer. */
export const customerInput = {
  email: z
    .email()
    .optional()
    .meta({ title: 'E-mail address', examples: ['bob@mail.example.com'] }),
  firstName: z.string().optional().meta({ title: 'First name' }),
  lastName: z.string().optional().meta({ title: 'Last name' }),
  phone: z
    .string()
    .optional()
    .meta({ title: 'Phone', examples: ['+16465555555'] }),
  note: z.string().optional().meta({ title: 'Note', format: 'multiline' }),
  tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
}
