import { z } from '@inlay/sdk/connector'

/** A member of a server. */
export const memberSchema = z.object({
  user: z
    .object({
      id: z.string().meta({ title: 'Id' }),
      username: z.string().meta({ title: 'User name' }),
      bot: z.boolean().optional().meta({ title: 'Is a bot' }),
    })
    .meta({ title: 'Person' }),
  nick: z.string().nullish().meta({ title: 'Nickname' }),
  roles: z.array(z.string()).meta({ title: 'Roles' }),
  joined_at: z.string().nullable().meta({ title: 'Joined' }),
})

/** A member as Discord gives it. */
export const sampleMember = {
  user: { id: '53908099506183680', username: 'kim' },
  nick: null,
  roles: [],
  joined_at: '2026-01-01T00:00:00Z',
}

/** The field by which actions name a person. */
export const personField = z
  .string()
  .regex(/^\d+$/, 'must be an id of digits')
  .meta({ title: 'Person', description: 'Id of the person.', examples: [sampleMember.user.id] })
