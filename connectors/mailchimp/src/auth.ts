import {
  type AuthDefinition,
  type AuthValues,
  type ConnectedAccount,
  type ConnectionTestContext,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { mailchimp } from './mailchimp-api.js'

const DATA_CENTRE = /^[a-z]{2,4}\d{1,4}$/

const dataCentre = z.string().regex(DATA_CENTRE, 'must look like us21')
const about = { title: 'Data centre', examples: ['us21'] }
const place = 'the first part of the address when you are signed in.'

const accountAnswer = z.object({
  account_id: z.string(),
  account_name: z.string().nullish(),
  email: z.string().nullish(),
})

async function account(context: ConnectionTestContext): Promise<ConnectedAccount> {
  const given = await mailchimp.call(context, { url: '/', answer: accountAnswer })
  return { id: given.account_id, label: given.account_name || given.email || given.account_id }
}

/**
 * Sign-in with a registered app, whose tokens never expire; see
 * https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/
 */
const oauth: AuthDefinition = {
  kind: 'oauth2',
  name: 'Sign in with Mailchimp',
  help: `Fill in the data centre of your account: ${place}`,
  fields: z.object({ dataCentre: dataCentre.meta({ ...about, description: `As ${place}` }) }),
  authorizationUrl: 'https://login.mailchimp.com/oauth2/authorize',
  tokenUrl: 'https://login.mailchimp.com/oauth2/token',
  // Mailchimp documents neither scopes nor PKCE; the secret of the app proves who asks.
  scopes: [],
  pkce: false,
  test: async (context) => {
    await account(context)
  },
  account,
}

/** An API key, which is the password of any user name. */
const apiKey: AuthDefinition = {
  kind: 'apiKey',
  name: 'API key',
  help: 'In Mailchimp open your profile, Extras, API keys.',
  fields: z.object({
    dataCentre: dataCentre
      .optional()
      .meta({ ...about, description: `Only needed when the key does not end in it: ${place}` }),
  }),
  sign: (request, values) => {
    if (values.kind !== 'apiKey') return request
    const authorization = `Basic ${Buffer.from(`anystring:${values.apiKey}`).toString('base64')}`
    return { ...request, headers: { ...request.headers, authorization } }
  },
  test: async (context) => {
    await account(context)
  },
  account,
}

/** Sign-in, or an API key. */
export const auth: readonly AuthDefinition[] = [oauth, apiKey]

/** Each account lives in one data centre. @throws StepError when neither the key nor the form names it */
export function baseUrlOf(values: AuthValues): string {
  const ofKey = values.kind === 'apiKey' ? (values.apiKey.split('-').at(-1) ?? '') : ''
  const centre = String(values.fields['dataCentre'] || ofKey)
  if (DATA_CENTRE.test(centre)) return `https://${centre}.api.mailchimp.com/3.0`
  throw new StepError('authentication', 'The data centre of the Mailchimp account is not known', {
    detail: 'Copy the whole key, with the part after its last "-", or fill in the data centre of the connection.',
  })
}
