import { z } from '@inlay/sdk/connector'

/** A contact as Intercom tells of one. */
export const contactSchema = z.object({
  id: z.string().meta({ title: 'Contact id' }),
  role: z.string().meta({ title: 'Role' }),
  email: z.string().nullish().meta({ title: 'E-mail address' }),
  name: z.string().nullish().meta({ title: 'Name' }),
  phone: z.string().nullish().meta({ title: 'Phone' }),
  external_id: z.string().nullish().meta({ title: 'Your own id' }),
  owner_id: z.number().nullish().meta({ title: 'Id of the owner' }),
  created_at: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
  updated_at: z.number().nullish().meta({ title: 'Changed', description: 'Unix seconds.' }),
  custom_attributes: z.record(z.string(), z.json()).nullish().meta({ title: 'Custom attributes' }),
})

/** A contact as in Intercom's documentation. */
export const sampleContact = {
  id: '667d60b08a68186f43bafdbf',
  role: 'user',
  email: 'joe@example.org',
  name: 'Joe Bloggs',
  phone: null,
  external_id: '70',
  owner_id: null,
  created_at: 1719492784,
  updated_at: 1719492784,
  custom_attributes: { plan: 'gold' },
}

/** The field by which actions name a contact. */
export const contactField = z
  .string()
  .min(1)
  .meta({ title: 'Contact', description: 'Id of the contact in Intercom.', examples: ['667d60b08a68186f43bafdbf'] })

/** Which of the two kinds of contacts somebody is. */
export const roleField = z
  .enum(['user', 'lead'])
  .default('user')
  .meta({ title: 'Role', description: 'Users have an account with you; leads do not yet.' })

/** What can be said of a contact. */
export const contactFields = {
  email: z.email().optional().meta({ title: 'E-mail address' }),
  name: z.string().optional().meta({ title: 'Name' }),
  phone: z.string().optional().meta({ title: 'Phone' }),
  externalId: z.string().optional().meta({ title: 'Your own id', description: 'Id of the person in your product.' }),
  owner: z
    .string()
    .regex(/^\d+$/, 'must be the id of a teammate')
    .optional()
    .meta({ title: 'Owner', description: 'A teammate.' }),
  customAttributes: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .meta({
      title: 'Custom attributes',
      description: 'Names and values; they must exist in Intercom.',
      examples: [{ plan: 'gold' }],
    }),
}

type ContactInput = { readonly [name in keyof typeof contactFields]?: z.output<(typeof contactFields)[name]> }

/** The fields in Intercom's words. */
export function contactBody({ externalId, owner, customAttributes, ...rest }: ContactInput) {
  return {
    ...rest,
    external_id: externalId,
    owner_id: owner === undefined ? undefined : Number(owner),
    custom_attributes: customAttributes,
  }
}
