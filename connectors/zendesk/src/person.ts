import { jsonValue, z } from '@inlay/sdk/connector'

const text = z.string().nullable().default(null)
const tags = z.array(z.string()).nullable().default([])
const fields = z.record(z.string(), jsonValue).nullable().default({})

/** A person as Zendesk tells of one. */
export const userSchema = z.object({
  id: z.number().meta({ title: 'Person id' }),
  name: z.string().meta({ title: 'Name' }),
  email: z.string().nullable().meta({ title: 'E-mail address' }),
  phone: text.meta({ title: 'Phone' }),
  role: text.meta({ title: 'Role' }),
  organization_id: z.number().nullable().default(null).meta({ title: 'Id of the organization' }),
  external_id: text.meta({ title: 'Id in another system' }),
  tags: tags.meta({ title: 'Tags' }),
  user_fields: fields.meta({ title: 'Fields of your own' }),
  suspended: z.boolean().nullable().default(null).meta({ title: 'Suspended' }),
})

/** A person as in Zendesk's documentation. */
export const sampleUser = {
  id: 35436,
  name: 'Roger Wilco',
  email: 'roger@example.org',
  phone: '+15551234567',
  role: 'end-user',
  organization_id: 57542,
  external_id: 'sai989sur98w9',
  tags: ['enterprise'],
  user_fields: { user_level: 'gold' },
  suspended: false,
}

/** An organization as Zendesk tells of one. */
export const organizationSchema = z.object({
  id: z.number().meta({ title: 'Organization id' }),
  name: z.string().meta({ title: 'Name' }),
  domain_names: tags.meta({ title: 'Domains' }),
  external_id: text.meta({ title: 'Id in another system' }),
  details: text.meta({ title: 'Details' }),
  notes: text.meta({ title: 'Notes' }),
  tags: tags.meta({ title: 'Tags' }),
  organization_fields: fields.meta({ title: 'Fields of your own' }),
})

/** An organization as in Zendesk's documentation. */
export const sampleOrganization = {
  id: 35436,
  name: 'Groablet Enterprises',
  domain_names: ['example.com', 'test.com'],
  external_id: 'ABC198',
  details: 'This is a kind of organization',
  notes: '',
  tags: ['smiley'],
  organization_fields: { plan: 'gold' },
}
