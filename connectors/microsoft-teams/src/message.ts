import { z } from '@inlay/sdk/connector'

/** What automations need of a message. */
export const messageSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  createdDateTime: z.string().meta({ title: 'Sent' }),
  subject: z.string().nullish().meta({ title: 'Subject' }),
  importance: z.string().nullish().meta({ title: 'Importance' }),
  webUrl: z.string().nullish().meta({ title: 'Address' }),
  from: z
    .object({
      user: z
        .object({
          id: z.string().meta({ title: 'Id' }),
          displayName: z.string().nullish().meta({ title: 'Name' }),
        })
        .nullish()
        .meta({ title: 'Person', description: 'Empty when an app wrote it.' }),
    })
    .nullish()
    .meta({ title: 'From' }),
  body: z
    .object({
      contentType: z.string().meta({ title: 'Kind', description: 'text or html' }),
      content: z.string().nullish().meta({ title: 'Content' }),
    })
    .meta({ title: 'Text' }),
})

/** A message as Graph gives it. */
export const sampleMessage = {
  id: '1616990032035',
  createdDateTime: '2026-04-10T20:09:31.123Z',
  subject: null,
  importance: 'normal',
  webUrl: 'https://teams.microsoft.com/l/message/1616990032035',
  from: { user: { id: 'person-1', displayName: 'Kim Miller' } },
  body: { contentType: 'html', content: 'The order is on its way.' },
}

/** The fields of a message that is sent. */
export const textFields = {
  text: z
    .string()
    .min(1)
    .max(28_000)
    .meta({ title: 'Text', format: 'multiline', examples: ['The order is on its way.'] }),
  format: z.enum(['text', 'html']).default('text').meta({ title: 'The text is' }),
}

/** A text as Graph takes it. */
export function toBody({ text, format }: { readonly text: string; readonly format: 'text' | 'html' }) {
  return { contentType: format, content: text }
}
