import { action, jsonValue, type OptionsContext, z } from '@inlay/sdk/connector'
import { sendgrid } from '../sendgrid-api.js'

async function listOptions(context: OptionsContext) {
  const { result } = await sendgrid.call(context, {
    url: '/v3/marketing/lists?page_size=1000',
    answer: z.object({ result: z.array(z.object({ id: z.string(), name: z.string() })) }),
  })
  return result.map(({ id, name }) => ({ value: id, label: name }))
}

/** Makes or changes contacts. */
export const addContacts = action({
  name: 'Create or change contacts',
  description: 'Adds contacts, or changes those with the same e-mail address. SendGrid does it within minutes.',
  input: z.strictObject({
    lists: z.array(z.string()).default([]).meta({ title: 'Lists', description: 'They are added to these.' }),
    contacts: z
      .array(
        z.strictObject({
          email: z.email().meta({ title: 'E-mail' }),
          firstName: z.string().optional().meta({ title: 'First name' }),
          lastName: z.string().optional().meta({ title: 'Last name' }),
          country: z.string().optional().meta({ title: 'Country' }),
          city: z.string().optional().meta({ title: 'City' }),
          customFields: z
            .record(z.string(), jsonValue)
            .optional()
            .meta({ title: 'Custom fields', description: 'By their id.' }),
        }),
      )
      .min(1)
      .max(30_000)
      .meta({ title: 'Contacts', examples: [[{ email: 'kim@example.com', firstName: 'Kim' }]] }),
  }),
  output: z.object({ jobId: z.string().meta({ title: 'Id of the job' }) }),
  sampleInput: { contacts: [{ email: 'kim@example.com', firstName: 'Kim' }] },
  sampleOutput: { jobId: 'job-1' },
  options: { lists: listOptions },
  run: async (context) => {
    const { lists, contacts } = context.input
    const { job_id } = await sendgrid.call(context, {
      method: 'PUT',
      url: '/v3/marketing/contacts',
      json: {
        list_ids: lists,
        contacts: contacts.map(({ firstName, lastName, customFields, ...contact }) => ({
          ...contact,
          first_name: firstName,
          last_name: lastName,
          custom_fields: customFields,
        })),
      },
      answer: z.object({ job_id: z.string() }),
    })
    return { jobId: job_id }
  },
})
