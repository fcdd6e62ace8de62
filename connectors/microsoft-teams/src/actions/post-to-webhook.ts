import { action, type HttpResponse, jsonObject, responseError, StepError, z } from '@inlay/sdk/connector'

/** Posts to the webhook of a channel. */
export const postToWebhook = action({
  name: 'Post to a webhook',
  description: 'Posts a text or an adaptive card to the channel whose webhook is connected.',
  input: z.strictObject({
    title: z
      .string()
      .optional()
      .meta({ title: 'Title', examples: ['New order'] }),
    text: z
      .string()
      .optional()
      .meta({ title: 'Text', format: 'multiline', description: 'In Markdown.', examples: ['**A-1001** for Acme'] }),
    card: jsonObject.optional().meta({ title: 'Adaptive card', description: 'In place of title and text, as JSON.' }),
  }),
  output: z.object({}),
  sampleInput: { title: 'New order', text: '**A-1001** for Acme' },
  sampleOutput: {},
  // Webhooks know no idempotency key: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { title, text, card } = context.input
    const { webhookUrl } = context.auth.fields
    if (typeof webhookUrl !== 'string') {
      throw new StepError('validation', 'This needs a connection by "Webhook of a channel"', {
        detail: 'With an account that is signed in, use "Send a channel message".',
      })
    }
    if (card === undefined && title === undefined && text === undefined) {
      throw new StepError('validation', 'The post is empty', { detail: 'Fill in Text or Adaptive card.' })
    }
    const content = card ?? textCard(title, text)
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }
    const json = { type: 'message', attachments: [attachment] }
    const response = await context.http.request({ method: 'POST', url: webhookUrl, json, signal: context.signal })
    checkPosted(response)
    return {}
  },
})

/** Older webhooks answer 200 with a text that tells of the failure behind them. */
function checkPosted(response: HttpResponse): void {
  if (response.status < 200 || response.status > 299) throw responseError('Microsoft Teams', response)
  const told = /HTTP error (\d{3})/.exec(response.text)?.[1]
  if (told !== undefined) {
    const { headers, text, bytes } = response
    const behind = { status: Number(told), headers, text, bytes, json: () => response.json() }
    throw responseError('Microsoft Teams', behind)
  }
  if (!/^\s*</.test(response.text)) return
  throw new StepError('communication', 'Microsoft Teams answered with a web page', {
    detail: 'The address may be no webhook any more. Make a new one in Workflows of the channel.',
  })
}

function textCard(title: string | undefined, text: string | undefined) {
  const block = { type: 'TextBlock', wrap: true }
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body: [
      ...(title === undefined ? [] : [{ ...block, text: title, weight: 'Bolder', size: 'Medium' }]),
      ...(text === undefined ? [] : [{ ...block, text }]),
    ],
  }
}
