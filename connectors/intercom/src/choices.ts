import { type OptionsContext, type OptionsPage, z } from '@inlay/sdk/connector'
import { contactSchema } from './contact.js'
import { intercom, type SearchQuery, searchPage } from './intercom-api.js'

const adminList = z.object({
  admins: z.array(z.object({ id: z.string(), name: z.string().nullish(), email: z.string().nullish() })),
})

/** Teammates of the workspace. */
export async function adminOptions(context: OptionsContext): Promise<OptionsPage> {
  const { admins } = await intercom.call(context, { url: '/admins', answer: adminList })
  return {
    options: admins.map(({ id, name, email }) => ({
      value: id,
      label: name || email || id,
      ...(name && email ? { description: email } : {}),
    })),
  }
}

const teamList = z.object({ teams: z.array(z.object({ id: z.string(), name: z.string() })) })

/** Teammates or teams, by what the form says. */
export async function assigneeOptions(context: OptionsContext): Promise<OptionsPage> {
  if (context.input['assigneeKind'] !== 'team') return adminOptions(context)
  const { teams } = await intercom.call(context, { url: '/teams', answer: teamList })
  return { options: teams.map(({ id, name }) => ({ value: id, label: name })) }
}

const tagList = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) })

/** Tags of the workspace. */
export async function tagOptions(context: OptionsContext): Promise<OptionsPage> {
  const { data } = await intercom.call(context, { url: '/tags', answer: tagList })
  return { options: data.map(({ id, name }) => ({ value: id, label: name })) }
}

/** Contacts by name or e-mail address, newest first. */
export const contactOptions = {
  isSearchable: true,
  load: async (context: OptionsContext): Promise<OptionsPage> => {
    const { search, cursor = '' } = context
    const contains = (field: string): SearchQuery => ({ field, operator: '~', value: search })
    const query: SearchQuery =
      search === ''
        ? { field: 'created_at', operator: '>', value: 0 }
        : { operator: 'OR', value: [contains('name'), contains('email')] }
    const { items, next } = await searchPage(context, {
      url: '/contacts/search',
      query,
      item: contactSchema,
      pageSize: 50,
      after: cursor,
    })
    return {
      options: items.map(({ id, name, email }) => ({
        value: id,
        label: name || email || id,
        ...(name && email ? { description: email } : {}),
      })),
      ...(next === undefined ? {} : { nextCursor: next }),
    }
  },
}
