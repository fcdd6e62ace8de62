import { action, z } from '@inlay/sdk/connector'
import { fileIdField, fileOptions, filePath } from '../file.js'
import { google } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

const permissionSchema = z.object({
  id: z.string().meta({ title: 'Permission id' }),
  type: z.string().meta({ title: 'Whom' }),
  role: z.string().meta({ title: 'Role' }),
})

/** Shares a file. */
export const shareFile = action({
  name: 'Share a file',
  description: 'Lets a person, a group, an organisation or anyone with the link see or change a file or folder.',
  input: z
    .strictObject({
      fileId: fileIdField,
      type: z.enum(['user', 'group', 'domain', 'anyone']).default('user').meta({ title: 'With' }),
      role: z.enum(['reader', 'commenter', 'writer']).default('reader').meta({ title: 'May' }),
      email: z.email().optional().meta({ title: 'Address', description: 'Of the person or group.' }),
      domain: z.string().optional().meta({ title: 'Domain', description: 'Of the organisation.' }),
      notify: z.boolean().default(true).meta({ title: 'Tell them', description: 'By mail; people and groups alone.' }),
      message: z.string().optional().meta({ title: 'Text of the mail', format: 'multiline' }),
    })
    .refine(({ type, email }) => email !== undefined || type === 'domain' || type === 'anyone', 'Give an address')
    .refine(({ type, domain }) => domain !== undefined || type !== 'domain', 'Give a domain'),
  output: permissionSchema,
  sampleInput: { fileId: '1example', type: 'user', role: 'reader', email: 'kim@acme.example' },
  sampleOutput: { id: '1permission', type: 'user', role: 'reader' },
  scopes: [DRIVE_SCOPE],
  options: { fileId: fileOptions },
  // Sharing once more changes nothing, but would send the mail again.
  delivery: 'at-most-once',
  run: (context) => {
    const { fileId, type, role, email, domain, notify, message } = context.input
    const isPerson = type === 'user' || type === 'group'
    return google.call(context, {
      method: 'POST',
      url: `${filePath(fileId)}/permissions`,
      query: {
        supportsAllDrives: true,
        fields: 'id,type,role',
        ...(isPerson ? { sendNotificationEmail: notify, emailMessage: notify ? message : undefined } : {}),
      },
      json: {
        type,
        role,
        ...(isPerson ? { emailAddress: email } : {}),
        ...(type === 'domain' ? { domain } : {}),
      },
      answer: permissionSchema,
    })
  },
})
