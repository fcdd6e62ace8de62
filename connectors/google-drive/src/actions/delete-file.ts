import { action, z } from '@inlay/sdk/connector'
import { FILE_QUERY, fileIdField, fileOptions, filePath, fileSchema } from '../file.js'
import { google, isGone } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Moves a file to the bin, or deletes it. */
export const deleteFile = action({
  name: 'Delete a file',
  description: 'Moves a file or folder to the bin, or deletes it for good. One that is gone already is no error.',
  input: z.strictObject({
    fileId: fileIdField,
    forGood: z.boolean().default(false).meta({ title: 'For good', description: 'Instead of into the bin.' }),
  }),
  output: z.object({ wasThere: z.boolean().meta({ title: 'It was there' }) }),
  sampleInput: { fileId: '1example' },
  sampleOutput: { wasThere: true },
  scopes: [DRIVE_SCOPE],
  options: { fileId: fileOptions },
  run: async (context) => {
    const { fileId, forGood } = context.input
    const url = filePath(fileId)
    try {
      if (forGood) await google.call(context, { method: 'DELETE', url, query: { supportsAllDrives: true } })
      else {
        const json = { trashed: true }
        await google.call(context, { method: 'PATCH', url, query: FILE_QUERY, json, answer: fileSchema })
      }
      return { wasThere: true }
    } catch (error) {
      if (isGone(error)) return { wasThere: false }
      throw error
    }
  },
})
