import { action, z } from '@inlay/sdk/connector'
import { policyOptions } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

const onCall = z.object({
  user: z
    .object({
      id: z.string().meta({ title: 'Id' }),
      name: z.string().optional().meta({ title: 'Name' }),
      email: z.string().optional().meta({ title: 'E-mail' }),
    })
    .meta({ title: 'Person' }),
  escalation_level: z.number().meta({ title: 'Level' }),
  start: z.string().nullable().meta({ title: 'From' }),
  end: z.string().nullable().meta({ title: 'Until' }),
})

/** Tells who is on call. */
export const getOnCalls = action({
  name: 'Who is on call',
  description: 'The people who are on call at present, by level.',
  input: z.strictObject({ policies: z.array(z.string()).default([]).meta({ title: 'Escalation policies' }) }),
  output: z.object({ onCalls: z.array(onCall).meta({ title: 'On call' }) }),
  sampleInput: { policies: ['PT20YPA'] },
  sampleOutput: {
    onCalls: [
      { user: { id: 'PXPGF42', name: 'Kim', email: 'kim@example.com' }, escalation_level: 1, start: null, end: null },
    ],
  },
  scopes: ['oncalls.read'],
  options: { policies: policyOptions },
  run: async (context) => {
    const { oncalls } = await pagerduty.call(context, {
      url: '/oncalls',
      query: { 'escalation_policy_ids[]': context.input.policies, 'include[]': 'users', earliest: true, limit: 100 },
      answer: z.object({ oncalls: z.array(onCall) }),
    })
    return { onCalls: oncalls.sort((a, b) => a.escalation_level - b.escalation_level) }
  },
})
