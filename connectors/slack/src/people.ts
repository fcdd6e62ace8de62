import { z } from '@inlay/sdk/connector'
import type { listedUser } from './choices.js'

/** What workflows see of a person. */
export const userOutput = z.object({
  id: z.string().meta({ title: 'Person id' }),
  handle: z.string().meta({ title: 'Handle' }),
  name: z.string().meta({ title: 'Name' }),
  email: z.string().nullable().meta({ title: 'E-mail', description: 'Null when the app may not see it.' }),
  timeZone: z.string().nullable().meta({ title: 'Time zone' }),
  isBot: z.boolean().meta({ title: 'Is an app' }),
  isDeactivated: z.boolean().meta({ title: 'Is deactivated' }),
})

/** A person as they could be. */
export const sampleUser = {
  id: 'U2147483697',
  handle: 'kim',
  name: 'Kim Example',
  email: 'kim@example.com',
  timeZone: 'Europe/Amsterdam',
  isBot: false,
  isDeactivated: false,
}

/** What Slack tells of a person. */
export function toUser(user: z.output<typeof listedUser>): z.output<typeof userOutput> {
  const { id, name, real_name, profile, tz = null, is_bot, deleted } = user
  return {
    id,
    handle: name,
    name: real_name ?? profile.real_name ?? name,
    email: profile.email ?? null,
    timeZone: tz,
    isBot: is_bot,
    isDeactivated: deleted,
  }
}
