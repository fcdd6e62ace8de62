import { pollingTrigger, z } from '@inlay/sdk/connector'
import { sampleUser, userSchema } from '../person.js'
import { changes } from './changes.js'

const exportedUser = userSchema.extend({ created_at: z.string().meta({ title: 'Created' }) })

/** Starts for each new person. */
export const newUser = pollingTrigger({
  name: 'New person',
  description: 'Starts for each new end user or agent. Asks Zendesk every few minutes; the account must be an admin’s.',
  input: z.strictObject({
    role: z.enum(['end-user', 'agent', 'admin']).optional().meta({ title: 'Role', description: 'All, when empty.' }),
  }),
  output: exportedUser,
  sampleOutput: { ...sampleUser, created_at: '2026-04-01T10:00:00Z' },
  scopes: ['read'],
  poll: (context) =>
    changes(context, {
      name: 'users',
      item: exportedUser,
      select: (users, since) =>
        users
          .filter(({ created_at, role }) => Date.parse(created_at) >= since && (context.input.role ?? role) === role)
          .map((user) => ({ id: String(user.id), data: user })),
    }),
})
