import { action, z } from '@inlay/sdk/connector'
import { LOOKUPS, twilio } from '../twilio-api.js'

const lookup = z.object({
  phone_number: z.string().nullish().meta({ title: 'Number', description: 'International.' }),
  national_format: z.string().nullish().meta({ title: 'Number as it is written in its country' }),
  country_code: z.string().nullish().meta({ title: 'Country' }),
  valid: z.boolean().meta({ title: 'Is valid' }),
  validation_errors: z.array(z.string()).nullish().meta({ title: 'What is wrong with it' }),
  caller_name: z
    .object({
      caller_name: z.string().nullish().meta({ title: 'Name' }),
      caller_type: z.string().nullish().meta({ title: 'Kind', description: 'BUSINESS or CONSUMER.' }),
    })
    .nullish()
    .meta({ title: 'Owner' }),
  line_type_intelligence: z
    .object({
      type: z.string().nullish().meta({ title: 'Type', description: 'Such as mobile, landline, nonFixedVoip.' }),
      carrier_name: z.string().nullish().meta({ title: 'Carrier' }),
    })
    .nullish()
    .meta({ title: 'Line' }),
  line_status: z
    .object({ status: z.string().nullish().meta({ title: 'Status', description: 'Such as active or inactive.' }) })
    .nullish()
    .meta({ title: 'State of the line' }),
  sms_pumping_risk: z
    .object({
      carrier_risk_category: z.string().nullish().meta({ title: 'Risk of the carrier' }),
      number_blocked: z.boolean().nullish().meta({ title: 'Is blocked' }),
      sms_pumping_risk_score: z.number().nullish().meta({ title: 'Risk', description: '0 to 100.' }),
    })
    .nullish()
    .meta({ title: 'Risk of fraud' }),
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
      .array(z.enum(['line_type_intelligence', 'caller_name', 'line_status', 'sms_pumping_risk']))
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
