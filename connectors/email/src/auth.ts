import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { imapFields, withMailbox } from './imap/account.js'
import { withTransport } from './transport.js'

const port = z.coerce.number().int().min(1).max(65_535)

/** A mail server with user name and password. */
export const auth: AuthDefinition = {
  kind: 'basic',
  name: 'Mail server',
  help: 'The SMTP server of your mail provider, and its IMAP server if workflows are to start on new mail. Many want an app password instead of your own.',
  fields: z.object({
    host: z.string().min(1).meta({ title: 'Server', description: 'For example smtp.example.com' }),
    port: port.default(587).meta({ title: 'Port' }),
    secure: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .meta({ title: 'Encryption', description: 'STARTTLS on port 587, TLS on port 465.' }),
    imapHost: z
      .string()
      .optional()
      .meta({ title: 'Server for incoming mail', description: 'IMAP, for example imap.example.com' }),
    imapPort: port.default(993).meta({ title: 'Port for incoming mail' }),
    imapSecure: z
      .enum(['tls', 'starttls', 'none'])
      .default('tls')
      .meta({ title: 'Encryption for incoming mail', description: 'TLS on port 993, STARTTLS on port 143.' }),
  }),
  test: async (context) => {
    await withTransport(context, (transport) => transport.verify())
    const { imapHost = '' } = imapFields.parse(context.auth.fields)
    if (imapHost !== '') await withMailbox(context, { name: 'INBOX', mode: 'read' }, async () => {})
  },
}
