import { z } from '@inlay/sdk/connector'

/** A tag as Intercom tells of one. */
export const tagSchema = z.object({
  id: z.string().meta({ title: 'Tag id' }),
  name: z.string().meta({ title: 'Name' }),
})

/** A tag as in Intercom's documentation. */
export const sampleTag = { id: '94', name: 'Waiting for delivery' }

/** The field by which actions name a tag. */
export const tagField = z
  .string()
  .min(1)
  .meta({ title: 'Tag', description: 'Id of a tag.', examples: ['94'] })
