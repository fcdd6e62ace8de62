import { action, z } from '@inlay/sdk/connector'
import {
  FILE_QUERY,
  fileIdField,
  fileOptions,
  filePath,
  fileSchema,
  folderField,
  folderOptions,
  sampleFile,
} from '../file.js'
import { google } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Moves or renames a file. */
export const moveFile = action({
  name: 'Move or rename a file',
  description: 'Puts a file or folder into another folder, gives it another name, or both.',
  input: z
    .strictObject({
      fileId: fileIdField,
      folder: folderField.optional(),
      name: z.string().min(1).optional().meta({ title: 'Name' }),
    })
    .refine(({ folder, name }) => folder !== undefined || name !== undefined, 'Give a folder or a name'),
  output: fileSchema,
  sampleInput: { fileId: '1example', folder: '0folder' },
  sampleOutput: sampleFile,
  scopes: [DRIVE_SCOPE],
  options: { fileId: fileOptions, folder: folderOptions },
  run: async (context) => {
    const { fileId, folder, name } = context.input
    const { parents = [] } =
      folder === undefined
        ? {}
        : await google.call(context, { url: filePath(fileId), query: FILE_QUERY, answer: fileSchema })
    const isThere = folder === undefined || parents.includes(folder)
    return google.call(context, {
      method: 'PATCH',
      url: filePath(fileId),
      query: { ...FILE_QUERY, ...(isThere ? {} : { addParents: folder, removeParents: parents.join(',') }) },
      json: { name },
      answer: fileSchema,
    })
  },
})
