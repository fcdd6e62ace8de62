import { type OptionsContext, type OptionsPage, z } from '@inlay/sdk/connector'
import { ticketFieldsForm } from './custom-fields.js'
import { optionsPage, zendesk } from './zendesk-api.js'

const named = z.object({ id: z.number(), name: z.string() })
const agent = named.extend({ email: z.string().nullish() })
const toOption = ({ id, name }: z.output<typeof named>) => ({ value: id, label: name })

/** Groups that tickets may be given to. */
function groupOptions(context: OptionsContext): Promise<OptionsPage> {
  return optionsPage(context, { url: '/api/v2/groups/assignable', name: 'groups', item: named, toOption })
}

/** Agents and admins of the account. */
function agentOptions(context: OptionsContext): Promise<OptionsPage> {
  return optionsPage(context, {
    url: '/api/v2/users',
    query: { 'role[]': ['agent', 'admin'] },
    name: 'users',
    item: agent,
    toOption: ({ id, name, email }) => ({ value: id, label: name, ...(email ? { description: email } : {}) }),
  })
}

/** Organizations of the account, by the beginning of their names. */
export const organizationOptions = {
  isSearchable: true,
  load: async (context: OptionsContext): Promise<OptionsPage> => {
    // Zendesk completes names from their second letter on.
    if (context.search.trim().length < 2) {
      return optionsPage(context, { url: '/api/v2/organizations', name: 'organizations', item: named, toOption })
    }
    const { organizations } = await zendesk.call(context, {
      url: '/api/v2/organizations/autocomplete',
      query: { name: context.search.trim() },
      answer: z.object({ organizations: z.array(named) }),
    })
    return { options: organizations.map(toOption) }
  },
}

/** Forms of tickets that agents may use. */
async function formOptions(context: OptionsContext): Promise<OptionsPage> {
  const { ticket_forms } = await zendesk.call(context, {
    url: '/api/v2/ticket_forms',
    query: { active: true },
    answer: z.object({ ticket_forms: z.array(named) }),
  })
  return { options: ticket_forms.map(toOption) }
}

/** Macros that the account of the connection may use. */
export async function macroOptions(context: OptionsContext): Promise<OptionsPage> {
  const macro = z.object({ id: z.number(), title: z.string(), description: z.string().nullish() })
  return optionsPage(context, {
    url: '/api/v2/macros/active',
    name: 'macros',
    item: macro,
    toOption: ({ id, title, description }) => ({ value: id, label: title, ...(description ? { description } : {}) }),
  })
}

/** What the forms of actions that write tickets ask Zendesk. */
export const ticketForm = {
  options: { group: groupOptions, assignee: agentOptions, organization: organizationOptions, form: formOptions },
  schemas: { customFields: ticketFieldsForm },
}
