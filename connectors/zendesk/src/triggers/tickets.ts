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

/** Zendesk keeps the place in the stream of changes: its cursor is ours. The export begins a minute ago at the latest. */
async function changes(
  context: Poll,
  select: (tickets: readonly Ticket[]) => PollResult['items'],
): Promise<PollResult> {
  const { cursor, now } = context
  const { tickets, after_cursor, end_of_stream } = await zendesk.call(context, {
    url: '/api/v2/incremental/tickets/cursor.json',
    query: typeof cursor === 'string' ? { cursor } : { start_time: Math.floor(now / 1000) - 120 },
    answer: exported,
  })
  return { items: select(tickets), cursor: after_cursor ?? cursor, hasMore: !end_of_stream }
}

const common = { input: z.strictObject({}), output: ticketSchema, sampleOutput: sampleTicket, scopes: ['read'] }

/** Starts for each new ticket. */
export const newTicket = pollingTrigger({
  ...common,
  name: 'New ticket',
  description: 'Starts for each new ticket. Asks Zendesk every few minutes; the account must be an admin’s.',
  // A ticket is exported with each change; ids that were told before are dropped, and so is what is older than a day.
  poll: (context) =>
    changes(context, (tickets) =>
      tickets
        .filter(({ created_at }) => Date.parse(created_at) > context.now - 86_400_000)
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
