import { type JsonValue, type PollResult, pollingTrigger, type ServiceContext, z } from '@inlay/sdk/connector'
import { sampleTicket, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

const exported = z.object({
  tickets: z.array(ticketSchema),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
})
type Ticket = z.output<typeof ticketSchema>

interface Poll extends ServiceContext {
  readonly cursor: JsonValue
  readonly now: number
}

const keptSchema = z.object({ after: z.string(), since: z.number() })

/** Zendesk keeps the place in the stream of changes; since when the trigger listens is ours. */
async function changes(
  context: Poll,
  select: (tickets: readonly Ticket[], since: number) => PollResult['items'],
): Promise<PollResult> {
  const kept = keptSchema.safeParse(context.cursor).data
  const since = kept?.since ?? context.now
  // Zendesk refuses to begin less than a minute ago.
  const place = kept === undefined ? { start_time: Math.floor(since / 1000) - 120 } : { cursor: kept.after }
  const { tickets, after_cursor, end_of_stream } = await zendesk.call(context, {
    url: '/api/v2/incremental/tickets/cursor',
    query: { ...place, exclude_deleted: true },
    answer: exported,
  })
  const after = after_cursor ?? kept?.after
  const cursor = after === undefined ? null : { after, since }
  return { items: select(tickets, since), cursor, hasMore: !end_of_stream }
}

const common = { input: z.strictObject({}), output: ticketSchema, sampleOutput: sampleTicket, scopes: ['read'] }

/** Starts for each new ticket. */
export const newTicket = pollingTrigger({
  ...common,
  name: 'New ticket',
  description: 'Starts for each new ticket. Asks Zendesk every few minutes; the account must be an admin’s.',
  // A ticket is exported with each change: ids that were told before are dropped, older ones are left out here.
  poll: (context) =>
    changes(context, (tickets, since) =>
      tickets
        .filter(({ created_at }) => Date.parse(created_at) >= since)
        .map((ticket) => ({ id: String(ticket.id), data: ticket })),
    ),
})

/** Starts for each change of a ticket. */
export const updatedTicket = pollingTrigger({
  ...common,
  name: 'New or changed ticket',
  description: 'Starts for each change of a ticket. Asks Zendesk every few minutes; the account must be an admin’s.',
  poll: (context) =>
    changes(context, (tickets) => tickets.map((ticket) => ({ id: `${ticket.id}:${ticket.updated_at}`, data: ticket }))),
})
