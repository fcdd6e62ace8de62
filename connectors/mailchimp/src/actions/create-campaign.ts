import { action, StepError, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions, segmentOptions } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'

const campaign = z.object({
  id: z.string().meta({ title: 'Campaign id' }),
  status: z.string().meta({ title: 'Status' }),
  archive_url: z.string().nullish().meta({ title: 'Public page' }),
})

/** Makes a campaign with its content. */
export const createCampaign = action({
  name: 'Create a campaign',
  description: 'Makes an e-mail to an audience or a part of it. It is a draft until it is sent.',
  input: z.strictObject({
    audience: audienceField,
    segment: z.coerce
      .number()
      .int()
      .optional()
      .meta({ title: 'Segment or tag', description: 'Only to these of the audience.' }),
    subject: z
      .string()
      .min(1)
      .max(150)
      .meta({ title: 'Subject', examples: ['News of April'] }),
    previewText: z.string().max(150).optional().meta({ title: 'Preview text' }),
    title: z.string().optional().meta({ title: 'Title', description: 'What you know it by in Mailchimp.' }),
    fromName: z
      .string()
      .min(1)
      .meta({ title: 'Name of the sender', examples: ['Acme'] }),
    replyTo: z.email().meta({ title: 'From and answers to', format: 'email', examples: ['news@example.com'] }),
    html: z.string().optional().meta({ title: 'HTML', format: 'multiline' }),
    text: z
      .string()
      .optional()
      .meta({ title: 'Text', description: 'Left empty, Mailchimp makes it of the HTML.', format: 'multiline' }),
  }),
  output: campaign,
  sampleInput: {
    audience: 'aud1',
    subject: 'News of April',
    fromName: 'Acme',
    replyTo: 'news@example.com',
    html: '<p>Hello *|FNAME|*</p>',
  },
  sampleOutput: { id: 'cam1', status: 'save', archive_url: 'https://example.com/cam1' },
  options: { audience: audienceOptions, segment: segmentOptions },
  // Mailchimp knows no idempotency key: repeating after a crash would make a second draft.
  delivery: 'at-most-once',
  run: async (context) => {
    const { audience, segment, subject, previewText, title, fromName, replyTo, html, text } = context.input
    if (!html && !text)
      throw new StepError('validation', 'The campaign is empty', { detail: 'Give HTML, a text, or both.' })
    const made = await mailchimp.call(context, {
      method: 'POST',
      url: '/campaigns',
      json: {
        type: html ? 'regular' : 'plaintext',
        recipients: {
          list_id: audience,
          segment_opts: segment === undefined ? undefined : { saved_segment_id: segment },
        },
        settings: { subject_line: subject, preview_text: previewText, title, from_name: fromName, reply_to: replyTo },
      },
      answer: campaign,
    })
    const url = `/campaigns/${encodeURIComponent(made.id)}/content`
    await mailchimp.call(context, {
      method: 'PUT',
      url,
      json: { html: html || undefined, plain_text: text || undefined },
    })
    return made
  },
})
