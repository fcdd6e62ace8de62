import { jsonObject, pollingTrigger, z } from '@inlay/sdk/connector'
import { keyField, textsByName } from '../fields.js'
import { withSession } from '../session.js'

const PAGE = 200

/** Starts for each entry that is added to a stream. */
export const newStreamEntry = pollingTrigger({
  name: 'New stream entry',
  description: 'Starts when an entry is added to the stream under a key. Entries must stay in it until the next look.',
  input: z.strictObject({ key: keyField }),
  output: z.object({
    id: z.string().meta({ title: 'Entry ID' }),
    fields: textsByName.meta({ title: 'Fields' }),
  }),
  sampleOutput: { id: '1767323045000-0', fields: { kind: 'paid', order: '7' } },
  poll: async (context) => {
    const { key } = context.input
    const after = jsonObject.safeParse(context.cursor).data?.after
    if (typeof after !== 'string') {
      const [newest] = await withSession(context, (redis) => redis.xrevrange(key, '+', '-', 'COUNT', 1))
      return { items: [], cursor: { after: newest?.[0] ?? '0-0' } }
    }
    // From the last one on, and one more for it: servers before version 6.2 cannot leave it out themselves.
    const found = await withSession(context, (redis) => redis.xrange(key, after, '+', 'COUNT', PAGE + 1))
    const items = found
      .filter(([id]) => id !== after)
      .slice(0, PAGE)
      .map(([id, texts]) => ({ id, data: { id, fields: pairsOf(texts) } }))
    return { items, cursor: { after: items.at(-1)?.id ?? after }, hasMore: found.length > PAGE }
  },
})

function pairsOf(texts: readonly string[]): Record<string, string> {
  const names = texts.filter((_, index) => index % 2 === 0)
  return Object.fromEntries(names.map((name, index) => [name, texts[index * 2 + 1] ?? '']))
}
