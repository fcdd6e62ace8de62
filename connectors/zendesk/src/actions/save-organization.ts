import { action, jsonValue, z } from '@inlay/sdk/connector'
import { organizationOptions } from '../choices.js'
import { profileFieldsForm } from '../custom-fields.js'
import { organizationSchema, sampleOrganization } from '../person.js'
import { idField } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** Creates or changes an organization. */
export const saveOrganization = action({
  name: 'Create or change an organization',
  description: 'Changes the organization that you choose, or that has this id in another system; else creates one.',
  input: z.strictObject({
    organization: idField.optional().meta({ title: 'Organization', description: 'The one to change.' }),
    externalId: z.string().optional().meta({
      title: 'Id in another system',
      description: 'Finds the organization again, when none is chosen.',
    }),
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['Groablet Enterprises'] }),
    domains: z
      .array(z.string())
      .optional()
      .meta({ title: 'Domains', description: 'People with such addresses belong to it.' }),
    details: z.string().optional().meta({ title: 'Details', format: 'multiline' }),
    notes: z.string().optional().meta({ title: 'Notes', format: 'multiline' }),
    tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
    fields: z
      .record(z.string(), jsonValue)
      .optional()
      .meta({ title: 'Fields of your own', description: 'By the key of the field.' }),
  }),
  output: organizationSchema,
  sampleInput: { name: 'Groablet Enterprises', externalId: 'ABC198' },
  sampleOutput: sampleOrganization,
  scopes: ['write'],
  options: { organization: organizationOptions },
  schemas: { fields: profileFieldsForm('organization') },
  run: async (context) => {
    const { organization: id, externalId, domains, fields, ...same } = context.input
    const answer = await zendesk.call(context, {
      method: 'POST',
      // Names are unique: one that is created again is refused, not doubled.
      url: '/api/v2/organizations/create_or_update',
      json: {
        organization: { id, ...same, external_id: externalId, domain_names: domains, organization_fields: fields },
      },
      answer: z.object({ organization: organizationSchema }),
    })
    return answer.organization
  },
})
