import { action, z } from '@inlay/sdk/connector'
import { discord } from '../discord-api.js'
import { memberSchema, personField, sampleMember } from '../member.js'
import { serverField, serverOptions } from '../places.js'

/** Reads a member. */
export const getMember = action({
  name: 'Get a member',
  description: 'Reads a member of a server: nickname, roles, and since when.',
  input: z.strictObject({ server: serverField, person: personField }),
  output: memberSchema,
  sampleInput: { server: '197038439483310086', person: sampleMember.user.id },
  sampleOutput: sampleMember,
  options: { server: serverOptions },
  run: (context) => {
    const { server, person } = context.input
    return discord.call(context, { url: `/guilds/${server}/members/${person}`, answer: memberSchema })
  },
})
