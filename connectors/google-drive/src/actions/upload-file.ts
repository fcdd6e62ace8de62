import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { fileIdField, fileOptions, fileSchema, folderField, folderOptions, sampleFile } from '../file.js'
import { DRIVE_SCOPE } from '../scopes.js'
import { uploadFile as upload } from '../upload.js'

/** Uploads a file. */
export const uploadFile = action({
  name: 'Upload a file',
  description: 'Puts a file into a folder, or new content into a file.',
  input: z.strictObject({
    file: fileRefSchema.meta({ title: 'File' }),
    name: z.string().min(1).optional().meta({ title: 'Name', description: 'By default that of the file.' }),
    folder: folderField.optional(),
    replaces: fileIdField.optional().meta({ title: 'Replaces', description: 'The file that gets the content.' }),
    description: z.string().optional().meta({ title: 'Description' }),
    convertTo: z
      .enum([
        'application/vnd.google-apps.document',
        'application/vnd.google-apps.spreadsheet',
        'application/vnd.google-apps.presentation',
      ])
      .optional()
      .meta({ title: 'Convert to', description: 'Makes a document of Google of it.' }),
  }),
  output: fileSchema,
  sampleInput: {
    file: { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 5362 },
    folder: 'root',
  },
  sampleOutput: sampleFile,
  scopes: [DRIVE_SCOPE],
  options: { folder: folderOptions, replaces: fileOptions },
  // Names are not unique in Drive: repeating after a crash would make a second file.
  delivery: 'at-most-once',
  run: async (context) => {
    const { file, name, folder, replaces, description, convertTo } = context.input
    const isNew = replaces === undefined
    return upload(context, {
      metadata: {
        ...(isNew || name !== undefined ? { name: name ?? file.name } : {}),
        // Google moves files by other means: a description of a change may not name folders.
        ...(isNew && folder !== undefined ? { parents: [folder] } : {}),
        ...(description === undefined ? {} : { description }),
        ...(convertTo === undefined ? {} : { mimeType: convertTo }),
      },
      contentType: file.contentType,
      bytes: await context.files.read(file),
      ...(isNew ? {} : { fileId: replaces }),
    })
  },
})
