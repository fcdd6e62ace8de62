import { action, z } from '@inlay/sdk/connector'
import { zendesk } from '../zendesk-api.js'

const user = z.object({
  id: z.number().meta({ title: 'Person id' }),
  name: z.string().meta({ title: 'Name' }),
  email: z.string().nullable().meta({ title: 'E-mail address' }),
})

/** Creates or changes a person. */
export const saveUser = action({
  name: 'Create or change a person',
  description: 'Changes the person of this e-mail address, or creates one.',
  input: z.strictObject({
    email: z.email().meta({ title: 'E-mail address', examples: ['roger@example.org'] }),
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['Roger Wilco'] }),
    phone: z.string().optional().meta({ title: 'Phone' }),
  }),
  output: user,
  sampleInput: { email: 'roger@example.org', name: 'Roger Wilco' },
  sampleOutput: { id: 35436, name: 'Roger Wilco', email: 'roger@example.org' },
  scopes: ['write'],
  run: async (context) => {
    const url = '/api/v2/users/create_or_update.json'
    const json = { user: context.input }
    return (await zendesk.call(context, { method: 'POST', url, json, answer: z.object({ user }) })).user
  },
})
