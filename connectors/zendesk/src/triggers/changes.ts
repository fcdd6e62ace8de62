import { type JsonValue, type PollResult, type ServiceContext, z } from '@inlay/sdk/connector'
import { zendesk } from '../zendesk-api.js'

interface Poll extends ServiceContext {
  readonly cursor: JsonValue
  readonly now: number
}

/** Which stream, and what of it is told. */
interface Stream<Item extends z.ZodType> {
  readonly name: 'tickets' | 'users'
  readonly item: Item
  /** @param since Unix milliseconds since when the trigger listens */
  select(items: readonly z.output<Item>[], since: number): PollResult['items']
}

const keptSchema = z.object({ after: z.string(), since: z.number() })
/** Zendesk refuses to begin less than a minute ago. */
const START_SECONDS = 120

/**
 * What the incremental export tells since the poll before
 * (https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/). Zendesk keeps the place
 * in the stream of changes; since when the trigger listens is ours.
 */
export async function changes<Item extends z.ZodType>(
  context: Poll,
  { name, item, select }: Stream<Item>,
): Promise<PollResult> {
  const kept = keptSchema.safeParse(context.cursor).data
  const since = kept?.since ?? context.now
  const place = kept === undefined ? { start_time: Math.floor(since / 1000) - START_SECONDS } : { cursor: kept.after }
  const exported = z
    .looseObject({})
    .transform((body) => ({ after: body['after_cursor'] ?? null, isEnd: body['end_of_stream'], items: body[name] }))
    .pipe(z.object({ after: z.string().nullable(), isEnd: z.boolean(), items: z.array(item) }))
  const { items, after, isEnd } = await zendesk.call(context, {
    url: `/api/v2/incremental/${name}/cursor`,
    query: { ...place, exclude_deleted: name === 'tickets' ? true : undefined },
    answer: exported,
  })
  const next = after ?? kept?.after
  const cursor = next === undefined ? null : { after: next, since }
  return { items: select(items, since), cursor, hasMore: !isEnd }
}
