import { action, fileRefSchema, StepError, suspend, z } from '@inlay/sdk/connector'
import { acme } from '../acme.js'

const exportJob = z.object({
  id: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  rows: z.int().default(0),
  file_url: z.string().optional(),
})

const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000

/** Exports orders into a file, which takes Acme minutes. */
export const exportOrders = action({
  name: 'Export orders',
  description: 'Exports orders into a CSV file. The run rests until Acme has made it.',
  input: z.strictObject({
    status: z.enum(['open', 'paid', 'shipped']).optional().meta({ title: 'Only with status' }),
  }),
  output: z.object({
    file: fileRefSchema.meta({ title: 'File', format: 'file' }),
    rows: z.int().meta({ title: 'Orders' }),
  }),
  sampleInput: { status: 'paid' },
  sampleOutput: { file: { $file: 'file_1', name: 'orders.csv', contentType: 'text/csv', size: 1200 }, rows: 17 },
  scopes: ['orders.read'],
  suspends: true,
  run: async (context) => {
    if (context.resumed === undefined) {
      const { id } = await acme.call(context, {
        method: 'POST',
        url: '/exports',
        headers: { 'idempotency-key': context.idempotencyKey },
        json: { status: context.input.status, callback_url: context.callbackUrl() },
        answer: exportJob,
      })
      return suspend({ awaitsCallback: true, resumeAt: Date.now() + GIVE_UP_AFTER_MS, state: { id } })
    }
    const { id } = z.object({ id: z.string() }).parse(context.resumed.state)
    // Anybody may call an address: what counts is what Acme says when it is asked.
    const job = await acme.call(context, { url: `/exports/${encodeURIComponent(id)}`, answer: exportJob })
    if (job.status !== 'done' || job.file_url === undefined) {
      throw new StepError('rejected', `Acme did not finish the export ${id}`, { detail: `It is ${job.status}.` })
    }
    const { bytes } = await acme.raw(context, { url: job.file_url })
    const file = await context.files.write({ name: 'orders.csv', contentType: 'text/csv', bytes })
    return { file, rows: job.rows }
  },
})
