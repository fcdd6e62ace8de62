import { jsonValue, z } from '@inlay/sdk/connector'

/** A person as Zendesk tells of one. */
export const userSchema = z.object({
  id: z.number().meta({ title: 'Person id' }),
  name: z.string().meta({ title: 'Name' }),
  email: z.string().nullable().meta({ title: 'E-mail address' }),
  phone: z.string().nullish().meta({ title: 'Phone' }),
  role: z.string().nullish().meta({ title: 'Role' }),
  organization_id: z.number().nullish().meta({ title: 'Id of the organization' }),
  external_id: z.string().nullish().meta({ title: 'Id in another system' }),
  tags: z.array(z.string()).nullish().meta({ title: 'Tags' }),
  user_fields: z.record(z.string(), jsonValue).nullish().meta({ title: 'Fields of your own' }),
  suspended: z.boolean().nullish().meta({ title: 'Suspended' }),
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
  domain_names: z.array(z.string()).nullish().meta({ title: 'Domains' }),
  external_id: z.string().nullish().meta({ title: 'Id in another system' }),
  details: z.string().nullish().meta({ title: 'Details' }),
  notes: z.string().nullish().meta({ title: 'Notes' }),
  tags: z.array(z.string()).nullish().meta({ title: 'Tags' }),
  organization_fields: z.record(z.string(), jsonValue).nullish().meta({ title: 'Fields of your own' }),
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
