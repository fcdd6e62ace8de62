import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { roleOptions, serverField, serverOptions } from '../places.js'

const id = z.string().regex(/^\d+$/, 'must be an id of digits')

/** Gives a role, or takes it away. */
export const addRole = action({
  name: 'Give or take a role',
  description: 'Gives a member a role, or takes it away. The bot’s own role has to be higher.',
  input: z.strictObject({
    server: serverField,
    member: id.meta({ title: 'Member', description: 'Id of the person.', examples: ['53908099506183680'] }),
    role: id.meta({ title: 'Role', examples: ['41771983423143936'] }),
    change: z.enum(['give', 'take']).default('give').meta({ title: 'What' }),
  }),
  output: z.object({}),
  sampleInput: { server: '197038439483310086', member: '53908099506183680', role: '41771983423143936' },
  sampleOutput: {},
  options: { server: serverOptions, role: roleOptions },
  run: async (context) => {
    const { server, member, role, change } = context.input
    const url = `/guilds/${server}/members/${member}/roles/${role}`
    await discord.call(context, { method: change === 'give' ? 'PUT' : 'DELETE', url })
    return {}
  },
})
