import { action, jsonValue, type OptionsContext, z } from '@inlay/sdk/connector'
import { mailBody, mailFields } from '../mail-fields.js'
import { sendgrid } from '../sendgrid-api.js'

const templates = z.object({
  result: z.array(z.object({ id: z.string(), name: z.string() })),
  _metadata: z.object({ next: z.string().optional() }).optional(),
})

async function templateOptions(context: OptionsContext) {
  const { result, _metadata } = await sendgrid.call(context, {
    url: '/v3/templates',
    query: { generations: 'dynamic', page_size: 100, page_token: context.cursor },
    answer: templates,
  })
  const next = _metadata?.next === undefined ? null : new URL(_metadata.next).searchParams.get('page_token')
  return {
    options: result.map(({ id, name }) => ({ value: id, label: name })),
    ...(next === null ? {} : { nextCursor: next }),
  }
}

/** Sends a mail that was designed in SendGrid. */
export const sendTemplate = action({
  name: 'Send a template',
  description: 'Sends a dynamic template with your data in it.',
  input: z.strictObject({
    ...mailFields,
    template: z
      .string()
      .min(1)
      .meta({ title: 'Template', examples: ['d-example'] }),
    data: z
      .record(z.string(), jsonValue)
      .default({})
      .meta({
        title: 'Data',
        description: 'What the template names in double braces.',
        examples: [{ order: 'A-1001' }],
      }),
  }),
  output: z.object({ messageId: z.string().nullable().meta({ title: 'Message id' }) }),
  sampleInput: { from: 'shop@example.com', to: ['kim@example.com'], template: 'd-example', data: { order: 'A-1001' } },
  sampleOutput: { messageId: 'filterdrecv-1' },
  options: { template: templateOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { template, data, ...mail } = context.input
    const body = await mailBody(mail, context.files, { dynamic_template_data: data })
    const json = { ...body, template_id: template }
    const { response } = await sendgrid.send(context, { method: 'POST', url: '/v3/mail/send', json })
    return { messageId: response.headers['x-message-id'] ?? null }
  },
})
