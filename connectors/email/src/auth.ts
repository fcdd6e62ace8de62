import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { withTransport } from './transport.js'

/** A mail server with user name and password. */
export const auth: AuthDefinition = {
  kind: 'basic',
  name: 'Mail server',
  help: 'The SMTP server of your mail provider. Many want an app password instead of your own.',
  fields: z.object({
    host: z.string().min(1).meta({ title: 'Server', description: 'For example smtp.example.com' }),
    port: z.coerce.number().int().min(1).max(65_535).default(587).meta({ title: 'Port' }),
    secure: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .meta({ title: 'Encryption', description: 'STARTTLS on port 587, TLS on port 465.' }),
  }),
  test: async (context) => {
    await withTransport(context, (transport) => transport.verify())
  },
}
