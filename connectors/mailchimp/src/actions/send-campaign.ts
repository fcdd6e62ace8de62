import { action, type OptionsContext, z } from '@inlay/sdk/connector'
import { mailchimp, readPage } from '../mailchimp-api.js'

const draft = z.object({
  id: z.string(),
  settings: z.object({ title: z.string().nullish(), subject_line: z.string().nullish() }).nullish(),
})

async function draftOptions(context: OptionsContext) {
  const query = { status: 'save', sort_field: 'create_time', sort_dir: 'DESC' }
  const request = { url: '/campaigns', list: 'campaigns', item: draft, query, limit: 100 }
  const { items, next } = await readPage(context, request, Number(context.cursor ?? 0))
  return {
    options: items.map(({ id, settings }) => ({
      value: id,
      label: settings?.title || settings?.subject_line || id,
    })),
    ...(next === undefined ? {} : { nextCursor: String(next) }),
  }
}

/** Sends or schedules a campaign. */
export const sendCampaign = action({
  name: 'Send a campaign',
  description: 'Sends a campaign to all of its receivers, at once or later. It cannot be taken back.',
  input: z.strictObject({
    campaign: z
      .string()
      .min(1)
      .meta({ title: 'Campaign', examples: ['cam1'] }),
    sendAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({
        title: 'Send at',
        description: 'At a quarter of an hour. Left empty, at once.',
        examples: ['2030-04-10T20:15:00Z'],
      }),
  }),
  output: z.object({}),
  sampleInput: { campaign: 'cam1' },
  sampleOutput: {},
  options: { campaign: draftOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { campaign, sendAt } = context.input
    const actions = `/campaigns/${encodeURIComponent(campaign)}/actions`
    await (sendAt === undefined
      ? mailchimp.call(context, { method: 'POST', url: `${actions}/send` })
      : mailchimp.call(context, { method: 'POST', url: `${actions}/schedule`, json: { schedule_time: sendAt } }))
    return {}
  },
})
