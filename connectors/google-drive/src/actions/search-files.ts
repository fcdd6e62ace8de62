import { action, collectPages, z } from '@inlay/sdk/connector'
import { fileSchema, folderField, folderOptions, listFiles, quoted, sampleFile } from '../file.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Finds files. */
export const searchFiles = action({
  name: 'Search files',
  description: 'Finds files and folders, lately changed ones first.',
  input: z.strictObject({
    name: z
      .string()
      .optional()
      .meta({ title: 'Name contains', examples: ['invoice'] }),
    text: z.string().optional().meta({ title: 'Content contains' }),
    folder: folderField.optional(),
    mimeType: z
      .string()
      .optional()
      .meta({ title: 'Type', examples: ['application/pdf'] }),
    changedSince: z.iso.datetime({ offset: true }).optional().meta({ title: 'Changed since' }),
    query: z
      .string()
      .optional()
      .meta({
        title: 'Further conditions',
        description: "In the language of Drive's searches.",
        examples: ["starred = true and 'kim@acme.example' in owners"],
      }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ files: z.array(fileSchema).meta({ title: 'Files' }) }),
  sampleInput: { name: 'invoice', mimeType: 'application/pdf' },
  sampleOutput: { files: [sampleFile] },
  scopes: [DRIVE_SCOPE],
  options: { folder: folderOptions },
  run: async (context) => {
    const { name, text, folder, mimeType, changedSince, query, limit } = context.input
    const conditions = [
      'trashed=false',
      ...(name ? [`name contains ${quoted(name)}`] : []),
      ...(text ? [`fullText contains ${quoted(text)}`] : []),
      ...(folder ? [`${quoted(folder)} in parents`] : []),
      ...(mimeType ? [`mimeType=${quoted(mimeType)}`] : []),
      ...(changedSince ? [`modifiedTime>=${quoted(changedSince)}`] : []),
      ...(query ? [`(${query})`] : []),
    ]
    const read = async (pageToken: string) => {
      const { files, nextPageToken } = await listFiles(context, {
        q: conditions.join(' and '),
        pageSize: Math.min(limit, 200),
        // Google sorts searches of contents by itself, and refuses another order.
        ...(text ? {} : { orderBy: 'modifiedTime desc' }),
        ...(pageToken === '' ? {} : { pageToken }),
      })
      return { items: files, next: nextPageToken }
    }
    return { files: await collectPages(read, '', { maxItems: limit }) }
  },
})
