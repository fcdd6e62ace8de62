import { action, z } from '@inlay/sdk/connector'
import { organizationSchema, sampleOrganization } from '../person.js'
import { search } from '../zendesk-api.js'

/** Searches organizations. */
export const searchOrganizations = action({
  name: 'Search organizations',
  description: 'Finds organizations by Zendesk’s search words.',
  input: z.strictObject({
    query: z
      .string()
      .min(1)
      .meta({ title: 'Search', examples: ['groablet', 'tags:enterprise'] }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ organizations: z.array(organizationSchema).meta({ title: 'Organizations' }) }),
  sampleInput: { query: 'groablet' },
  sampleOutput: { organizations: [sampleOrganization] },
  scopes: ['read'],
  run: async (context) => ({
    organizations: await search(context, { type: 'organization', item: organizationSchema, ...context.input }),
  }),
})
