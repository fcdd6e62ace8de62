import { action, z } from '@inlay/sdk/connector'
import { LOOKUPS, twilio } from '../twilio-api.js'

const lookup = z.object({
  phone_number: z.string().nullish().meta({ title: 'Number', description: 'International.' }),
  national_format: z.string().nullish().meta({ title: 'Number as it is written in its country' }),
  country_code: z.string().nullish().meta({ title: 'Country' }),
  valid: z.boolean().meta({ title: 'Is valid' }),
  validation_errors: z.array(z.string()).nullish().meta({ title: 'What is wrong with it' }),
  caller_name: z
    .object({ caller_name: z.string().nullish().meta({ title: 'Name' }) })
    .nullish()
    .meta({ title: 'Owner' }),
  line_type_intelligence: z
    .object({
      type: z.string().nullish().meta({ title: 'Type', description: 'Such as mobile, landline, nonFixedVoip.' }),
      carrier_name: z.string().nullish().meta({ title: 'Carrier' }),
    })
    .nullish()
    .meta({ title: 'Line' }),
})

/** Finds out about a phone number. */
export const lookupNumber = action({
  name: 'Look up a phone number',
  description: 'Checks and formats a phone number; the owner and the kind of line cost extra.',
  input: z.strictObject({
    number: z
      .string()
      .min(1)
      .meta({ title: 'Number', examples: ['+14159929960'] }),
    country: z
      .string()
      .length(2)
      .optional()
      .meta({ title: 'Country', description: 'Of a number without country.', examples: ['US'] }),
    fields: z
      .array(z.enum(['line_type_intelligence', 'caller_name']))
      .default([])
      .meta({ title: 'Find out too' }),
  }),
  output: lookup,
  sampleInput: { number: '+14159929960', fields: ['line_type_intelligence'] },
  sampleOutput: {
    phone_number: '+14159929960',
    national_format: '(415) 992-9960',
    country_code: 'US',
    valid: true,
    validation_errors: [],
    caller_name: null,
    line_type_intelligence: { type: 'mobile', carrier_name: 'Acme Wireless' },
  },
  run: (context) => {
    const { number, country, fields } = context.input
    return twilio.call(context, {
      url: `${LOOKUPS}/v2/PhoneNumbers/${encodeURIComponent(number)}`,
      query: { Fields: fields.length === 0 ? undefined : fields.join(','), CountryCode: country },
      answer: lookup,
    })
  },
})
