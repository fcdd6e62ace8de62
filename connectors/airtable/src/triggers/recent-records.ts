import { collectPages, type PollContext, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { recordSchema, tablePath } from '../table.js'

const page = z.object({ records: z.array(recordSchema), offset: z.string().optional() })

/** Records for which a moment lies after another one. @param moment a formula: `CREATED_TIME()` */
export function recentRecords(
  context: PollContext<{ readonly base: string; readonly table: string; readonly view?: string | undefined }>,
  { moment, since }: { readonly moment: string; readonly since: number | undefined },
) {
  const formula = since === undefined ? undefined : `IS_AFTER(${moment}, '${new Date(since - 1).toISOString()}')`
  const read = async (offset: string) => {
    const { records, offset: next } = await airtable.call(context, {
      url: tablePath(context.input),
      query: {
        pageSize: 100,
        view: context.input.view,
        filterByFormula: formula,
        offset: offset === '' ? undefined : offset,
      },
      answer: page,
    })
    return { items: records, next }
  }
  return collectPages(read, '', { maxItems: 1000 })
}
