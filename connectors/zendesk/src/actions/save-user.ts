import { action, jsonValue, z } from '@inlay/sdk/connector'
import { organizationOptions } from '../choices.js'
import { profileFieldsForm } from '../custom-fields.js'
import { sampleUser, userSchema } from '../person.js'
import { idField } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

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
    organization: idField.optional().meta({ title: 'Organization' }),
    externalId: z.string().optional().meta({ title: 'Id in another system' }),
    tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
    notes: z.string().optional().meta({ title: 'Notes', format: 'multiline' }),
    fields: z
      .record(z.string(), jsonValue)
      .optional()
      .meta({
        title: 'Fields of your own',
        description: 'By the key of the field.',
        examples: [{ user_level: 'gold' }],
      }),
    sendsVerification: z.boolean().default(false).meta({
      title: 'Write to new people',
      description: 'Zendesk asks people who are new to confirm their address.',
    }),
  }),
  output: userSchema,
  sampleInput: { email: 'roger@example.org', name: 'Roger Wilco' },
  sampleOutput: sampleUser,
  scopes: ['write'],
  options: { organization: organizationOptions },
  schemas: { fields: profileFieldsForm('user') },
  run: async (context) => {
    const { organization, externalId, fields, sendsVerification, ...same } = context.input
    const { user } = await zendesk.call(context, {
      method: 'POST',
      url: '/api/v2/users/create_or_update',
      json: {
        user: {
          ...same,
          organization_id: organization,
          external_id: externalId,
          user_fields: fields,
          skip_verify_email: sendsVerification ? undefined : true,
        },
      },
      answer: z.object({ user: userSchema }),
    })
    return user
  },
})
