import { action, collectPages, z } from '@inlay/sdk/connector'
import { ownerPage, ownerSchema } from '../choices.js'
import { hubspot } from '../hubspot-api.js'

/** Lists people who can own records. */
export const listOwners = action({
  name: 'List owners',
  description: 'Lists people who can own records, or finds one by e-mail.',
  input: z.strictObject({
    email: z
      .string()
      .optional()
      .meta({ title: 'E-mail', examples: ['kim@acme.example'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ owners: z.array(ownerSchema).meta({ title: 'Owners' }) }),
  sampleInput: { email: 'kim@acme.example' },
  sampleOutput: { owners: [{ id: '41629779', email: 'kim@acme.example', firstName: 'Kim', lastName: 'Miller' }] },
  scopes: ['crm.objects.owners.read'],
  run: async (context) => {
    const { email, limit } = context.input
    const read = async (after: string) => {
      const query = { email, limit: 100, after: after === '' ? undefined : after }
      const { results, paging } = await hubspot.call(context, { url: '/crm/v3/owners', query, answer: ownerPage })
      return { items: results, next: paging?.next?.after }
    }
    return { owners: await collectPages(read, '', { maxItems: limit }) }
  },
})
