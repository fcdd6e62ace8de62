import { action, hasStatus, jsonValue, z } from '@inlay/sdk/connector'
import { sendgrid } from '../sendgrid-api.js'

const contact = z.object({
  id: z.string().meta({ title: 'Id' }),
  email: z.string().meta({ title: 'E-mail' }),
  first_name: z.string().nullish().meta({ title: 'First name' }),
  last_name: z.string().nullish().meta({ title: 'Last name' }),
  list_ids: z.array(z.string()).meta({ title: 'Lists' }),
  custom_fields: z.record(z.string(), jsonValue).nullish().meta({ title: 'Custom fields' }),
})

const answer = z.object({ result: z.record(z.string(), z.object({ contact: contact.optional() })) })

/** Finds a contact. */
export const findContact = action({
  name: 'Find a contact',
  description: 'Finds a contact by its e-mail address.',
  input: z.strictObject({
    email: z.email().meta({ title: 'E-mail', format: 'email', examples: ['kim@example.com'] }),
  }),
  output: z.object({ contact: contact.nullable().meta({ title: 'Contact', description: 'Null when there is none.' }) }),
  sampleInput: { email: 'kim@example.com' },
  sampleOutput: {
    contact: {
      id: 'c1',
      email: 'kim@example.com',
      first_name: 'Kim',
      last_name: null,
      list_ids: [],
      custom_fields: {},
    },
  },
  run: async (context) => {
    const { email } = context.input
    try {
      const { result } = await sendgrid.call(context, {
        method: 'POST',
        url: '/v3/marketing/contacts/search/emails',
        json: { emails: [email] },
        answer,
      })
      return { contact: Object.values(result)[0]?.contact ?? null }
    } catch (error) {
      // That nobody has the address is an answer, and SendGrid gives it as an error.
      if (hasStatus(error, 404)) return { contact: null }
      throw error
    }
  },
})
