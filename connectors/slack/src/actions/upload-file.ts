import { action, fileRefSchema, responseError, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField, samplePlace, threadField } from '../message.js'
import { read, write } from '../slack.js'

/** Uploads a file and shares it. */
export const uploadFile = action({
  name: 'Upload a file',
  description: 'Uploads a file and shares it in a channel.',
  input: z.strictObject({
    channel: channelField,
    file: fileRefSchema.meta({ title: 'File', format: 'file' }),
    title: z.string().max(250).optional().meta({ title: 'Title', description: "The file's name, when left empty." }),
    comment: z.string().max(4000).optional().meta({ title: 'Message', format: 'multiline' }),
    threadTs: threadField,
  }),
  output: z.object({
    fileId: z.string().meta({ title: 'File id' }),
    permalink: z.string().nullable().meta({ title: 'Address in Slack', format: 'uri' }),
  }),
  sampleInput: {
    channel: samplePlace.channel,
    file: { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 5 },
  },
  sampleOutput: { fileId: 'F044GKUHN9Z', permalink: 'https://acme.slack.com/files/U1/F044GKUHN9Z/invoice.pdf' },
  scopes: ['files:write'],
  options: { channel: channelOptions },
  // Repeating after a crash would share the file twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { channel, file, title = file.name, comment, threadTs } = context.input
    const bytes = await context.files.read(file)
    const { upload_url, file_id } = await read(context, {
      method: 'files.getUploadURLExternal',
      arguments: { filename: file.name, length: bytes.length },
      answer: z.object({ upload_url: z.url(), file_id: z.string() }),
    })
    const stored = await context.http.request({
      method: 'POST',
      url: upload_url,
      headers: { 'content-type': 'application/octet-stream' },
      bytes,
      signal: context.signal,
    })
    if (stored.status !== 200) throw responseError("Slack's file store", stored)
    const { files } = await write(context, {
      method: 'files.completeUploadExternal',
      arguments: {
        files: [{ id: file_id, title }],
        channel_id: channel,
        initial_comment: comment,
        thread_ts: threadTs,
      },
      answer: z.object({ files: z.array(z.object({ permalink: z.string().optional() })).default([]) }),
    })
    return { fileId: file_id, permalink: files[0]?.permalink ?? null }
  },
})
