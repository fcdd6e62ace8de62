import { z } from '@inlay/sdk/connector'

/** A comment on a record. */
export const commentSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  text: z.string().meta({ title: 'Text' }),
  author: z
    .object({
      id: z.string().meta({ title: 'Id' }),
      email: z.string().nullish().meta({ title: 'E-mail' }),
      name: z.string().nullish().meta({ title: 'Name' }),
    })
    .meta({ title: 'Author' }),
  createdTime: z.string().meta({ title: 'Created' }),
})

/** A comment as Airtable gives it. */
export const sampleComment = {
  id: 'comExample0000001',
  text: 'Sent today.',
  author: { id: 'usrExample0000001', email: 'kim@example.com', name: 'Kim' },
  createdTime: '2026-04-11T08:00:00.000Z',
}
