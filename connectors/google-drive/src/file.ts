import { type OptionsContext, type ServiceContext, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'

/** The type of folders. */
export const FOLDER = 'application/vnd.google-apps.folder'

/** The field by which actions name a file. */
export const fileIdField = z
  .string()
  .min(1)
  .meta({ title: 'File', description: 'Its id, which is in its address.', examples: ['1example'] })

/** The field by which actions name a folder. */
export const folderField = z
  .string()
  .min(1)
  .meta({ title: 'Folder', description: '"root" is My Drive itself.', examples: ['root'] })

/** What automations need of a file. */
export const fileSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  name: z.string().meta({ title: 'Name' }),
  mimeType: z.string().meta({ title: 'Type' }),
  webViewLink: z.string().optional().meta({ title: 'Address' }),
  // Google writes numbers of 64 bits as text; its own documents have none.
  size: z.string().optional().meta({ title: 'Bytes' }),
  parents: z.array(z.string()).optional().meta({ title: 'Folders' }),
  createdTime: z.string().optional().meta({ title: 'Created' }),
  modifiedTime: z.string().optional().meta({ title: 'Changed' }),
  trashed: z.boolean().optional().meta({ title: 'In the bin' }),
})

/** The fields that are asked for: Google gives but a few unless told. */
export const FILE_FIELDS = 'id,name,mimeType,webViewLink,size,parents,createdTime,modifiedTime,trashed'

/** Parameters of all requests for one file. */
export const FILE_QUERY = { supportsAllDrives: true, fields: FILE_FIELDS }

/** A file, for forms. */
export const sampleFile = {
  id: '1example',
  name: 'invoice.pdf',
  mimeType: 'application/pdf',
  webViewLink: 'https://drive.google.com/file/d/1example/view',
  size: '5362',
  parents: ['0folder'],
  createdTime: '2026-04-10T20:09:31.000Z',
  modifiedTime: '2026-04-10T20:09:31.000Z',
  trashed: false,
}

/** The path of a file in the API. */
export function filePath(id: string): string {
  return `/drive/v3/files/${encodeURIComponent(id)}`
}

/** A text in the language of Drive's searches. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (char) => `\\${char}`)}'`
}

const listSchema = z.object({ files: z.array(fileSchema), nextPageToken: z.string().optional() })

/** One page of the files that are found, in shared drives too. */
export function listFiles(
  context: ServiceContext,
  query: { readonly q: string; readonly orderBy?: string; readonly pageSize: number; readonly pageToken?: string },
) {
  return google.call(context, {
    url: '/drive/v3/files',
    query: {
      ...query,
      fields: `nextPageToken,files(${FILE_FIELDS})`,
      supportsAllDrives: true,
      includeItemsFromAllDrives: true,
    },
    answer: listSchema,
  })
}

/** Folders by name, lately changed ones first. */
export const folderOptions = choices(`mimeType=${quoted(FOLDER)} and trashed=false`)

/** Files by name, lately changed ones first. */
export const fileOptions = choices(`mimeType!=${quoted(FOLDER)} and trashed=false`)

function choices(filter: string) {
  return {
    isSearchable: true,
    load: async (context: OptionsContext) => {
      const { search, cursor } = context
      const { files, nextPageToken } = await listFiles(context, {
        q: search === '' ? filter : `${filter} and name contains ${quoted(search)}`,
        orderBy: 'modifiedTime desc',
        pageSize: 100,
        ...(cursor === undefined ? {} : { pageToken: cursor }),
      })
      return {
        options: files.map(({ id, name }) => ({ value: id, label: name })),
        ...(nextPageToken === undefined ? {} : { nextCursor: nextPageToken }),
      }
    },
  }
}
