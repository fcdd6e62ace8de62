import { collectPages, type ServiceContext, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'
import { MAILBOX } from './message.js'

/** The field for searches, in the language of Gmail's search box. */
export const queryField = z.string().meta({
  title: 'Search',
  description: 'As in the search box of Gmail.',
  examples: ['from:kim@acme.example has:attachment'],
})

/** The field for labels that all messages must have. */
export const labelsField = z
  .array(z.string())
  .default([])
  .meta({ title: 'Labels', description: 'Only messages that have all of these.' })

const listed = z.object({
  messages: z.array(z.object({ id: z.string() })).optional(),
  nextPageToken: z.string().optional(),
  // Says nothing that is needed, but tells a list without messages from what is no list.
  resultSizeEstimate: z.number(),
})

/** The ids of messages that are found, newest first, over as many pages as it takes. */
export function findMessages(
  context: ServiceContext,
  { query, labels, limit }: { readonly query: string; readonly labels: readonly string[]; readonly limit: number },
): Promise<string[]> {
  const read = async (pageToken: string) => {
    const { messages = [], nextPageToken } = await google.call(context, {
      url: `${MAILBOX}/messages`,
      query: {
        q: query === '' ? undefined : query,
        labelIds: labels.length === 0 ? undefined : labels,
        maxResults: Math.min(limit, 500),
        pageToken: pageToken === '' ? undefined : pageToken,
      },
      answer: listed,
    })
    return { items: messages.map(({ id }) => id), next: nextPageToken }
  }
  return collectPages(read, '', { maxItems: limit })
}
