import { action, z } from '@inlay/sdk/connector'
import { listedUser } from '../choices.js'
import { sampleUser, toUser, userOutput } from '../people.js'
import { read } from '../slack.js'

/** Finds a person. */
export const findUserByEmail = action({
  name: 'Find a person by e-mail',
  description: 'Finds the member of the workspace who has an e-mail address. Fails when there is none.',
  input: z.strictObject({ email: z.email().meta({ title: 'E-mail', examples: ['kim@example.com'] }) }),
  output: userOutput,
  sampleInput: { email: 'kim@example.com' },
  sampleOutput: sampleUser,
  scopes: ['users:read', 'users:read.email'],
  run: async (context) => {
    const { user } = await read(context, {
      method: 'users.lookupByEmail',
      arguments: { email: context.input.email },
      answer: z.object({ user: listedUser }),
    })
    return toUser(user)
  },
})
