import { z } from '@inlay/sdk/connector'

/** What automations need of a call. */
export const callSchema = z.object({
  sid: z.string().meta({ title: 'SID' }),
  status: z.string().meta({ title: 'Status', description: 'Such as queued, ringing, completed, busy, no-answer.' }),
  from: z.string().nullish().meta({ title: 'From' }),
  to: z.string().nullish().meta({ title: 'To' }),
  direction: z.string().nullish().meta({ title: 'Direction' }),
  duration: z.string().nullish().meta({ title: 'Seconds' }),
  answered_by: z.string().nullish().meta({ title: 'Answered by', description: 'Human or machine, when detected.' }),
  start_time: z.string().nullish().meta({ title: 'Started' }),
  end_time: z.string().nullish().meta({ title: 'Ended' }),
})

/** A call as Twilio gives it. */
export const sampleCall = {
  sid: 'CA_sample_call',
  status: 'queued',
  from: '+15557122661',
  to: '+15558675310',
  direction: 'outbound-api',
  duration: null,
  answered_by: null,
  start_time: null,
  end_time: null,
}
