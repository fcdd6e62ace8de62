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

const fields = z.object({
  dataCentre: z
    .string()
    .regex(DATA_CENTRE, 'must look like us21')
    .optional()
    .meta({
      title: 'Data centre',
      description: 'Only needed when the key does not end in it: the first part of the address when you are signed in.',
      examples: ['us21'],
    }),
})

const accountAnswer = z.object({
  account_id: z.string(),
  account_name: z.string().nullish(),
  email: z.string().nullish(),
})

async function account(context: ConnectionTestContext): Promise<ConnectedAccount> {
  const given = await mailchimp.call(context, { url: '/', answer: accountAnswer })
  return { id: given.account_id, label: given.account_name || given.email || given.account_id }
}

/** An API key, which is the password of any user name. */
export const auth: AuthDefinition = {
  kind: 'apiKey',
  name: 'API key',
  help: 'In Mailchimp open your profile, Extras, API keys.',
  fields,
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

/** Each account lives in one data centre. @throws StepError when neither the key nor the form names it */
export function baseUrlOf(values: AuthValues): string {
  const ofKey = values.kind === 'apiKey' ? (values.apiKey.split('-').at(-1) ?? '') : ''
  const dataCentre = String(values.fields['dataCentre'] || ofKey)
  if (DATA_CENTRE.test(dataCentre)) return `https://${dataCentre}.api.mailchimp.com/3.0`
  throw new StepError('authentication', 'The data centre of the Mailchimp account is not known', {
    detail: 'Copy the whole key, with the part after its last "-", or fill in the data centre of the connection.',
  })
}
