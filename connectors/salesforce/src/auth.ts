import { type AuthDefinition, StepError, z } from '@inlay/sdk/connector'
import { DATA, salesforce } from './salesforce-api.js'

const organizations = z.object({ records: z.array(z.object({ Id: z.string(), Name: z.string() })) })

/** Sign-in with a connected app. */
export const auth: AuthDefinition = {
  kind: 'oauth2',
  name: 'Sign in with Salesforce',
  help: 'Sandboxes sign in at test.salesforce.com, or at their My Domain.',
  // Only addresses of Salesforce: the secret of the app is sent there.
  fields: z.object({
    domain: z
      .string()
      .regex(
        /^(login|test|[a-z0-9-]+(\.[a-z0-9-]+)*\.my)\.salesforce\.com$/,
        'must be login.salesforce.com, test.salesforce.com or a My Domain such as acme.my.salesforce.com',
      )
      .default('login.salesforce.com')
      .meta({
        title: 'Where you sign in',
        description: 'login.salesforce.com, test.salesforce.com, or your My Domain.',
        examples: ['acme.my.salesforce.com'],
      }),
  }),
  authorizationUrl: 'https://{domain}/services/oauth2/authorize',
  tokenUrl: 'https://{domain}/services/oauth2/token',
  revocationUrl: 'https://{domain}/services/oauth2/revoke',
  scopes: [
    { scope: 'api', description: 'Read and change the records that you can read and change yourself' },
    { scope: 'refresh_token', description: 'Stay connected while you are away' },
  ],
  test: async (context) => {
    await salesforce.call(context, { url: `${DATA}/limits`, answer: z.looseObject({}) })
  },
  account: async (context) => {
    const query = { q: 'SELECT Id, Name FROM Organization LIMIT 1' }
    const { records } = await salesforce.call(context, { url: `${DATA}/query`, query, answer: organizations })
    const [organization] = records
    if (organization !== undefined) return { id: organization.Id, label: organization.Name }
    throw new StepError('authorization', 'Salesforce does not tell which org this is', {
      detail: 'The account needs the permission "API Enabled".',
    })
  },
}
