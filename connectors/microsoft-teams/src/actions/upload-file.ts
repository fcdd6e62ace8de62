import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { channelField, channelOptions, channelPath, teamField, teamOptions } from '../places.js'

const folder = z.object({ id: z.string(), parentReference: z.object({ driveId: z.string() }) })
const uploaded = z.object({
  id: z.string().meta({ title: 'Id' }),
  name: z.string().meta({ title: 'Name' }),
  webUrl: z.string().meta({ title: 'Address' }),
  size: z.number().nullish().meta({ title: 'Bytes' }),
})

/** Puts a file among those of a channel. */
export const uploadFile = action({
  name: 'Upload a file',
  description: 'Puts a file among the files of a channel; one of the same name gets a new version.',
  input: z.strictObject({
    team: teamField,
    channel: channelField,
    file: fileRefSchema,
    name: z.string().min(1).max(250).optional().meta({ title: 'Name', description: 'By default that of the file.' }),
  }),
  output: uploaded,
  sampleInput: {
    team: 'team-1',
    channel: '19:channel-1@thread.tacv2',
    file: { $file: 'file_1', name: 'offer.pdf', contentType: 'application/pdf', size: 5362 },
  },
  sampleOutput: { id: 'item-1', name: 'offer.pdf', webUrl: 'https://acme.sharepoint.com/offer.pdf', size: 5362 },
  scopes: ['Files.ReadWrite.All'],
  options: { team: teamOptions, channel: channelOptions },
  run: async (context) => {
    const { team, channel, file, name = file.name } = context.input
    const place = await callGraph(context, { url: `${channelPath(team, channel)}/filesFolder`, answer: folder })
    const parent = `/drives/${encodeURIComponent(place.parentReference.driveId)}/items/${encodeURIComponent(place.id)}`
    return callGraph(context, {
      method: 'PUT',
      url: `${parent}:/${encodeURIComponent(name)}:/content`,
      headers: { 'content-type': file.contentType },
      bytes: await context.files.read(file),
      timeoutMs: 120_000,
      answer: uploaded,
    })
  },
})
