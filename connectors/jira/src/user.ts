import { type OptionsContext, z } from '@inlay/sdk/connector'
import { jira } from './jira-api.js'

/** A user as Jira gives it; e-mail addresses depend on what the person shows. */
export const jiraUser = z.object({
  accountId: z.string(),
  displayName: z.string().nullish(),
  emailAddress: z.string().nullish(),
  active: z.boolean().default(true),
  accountType: z.string().optional(),
})

/** People of the site. */
export const userOptions = {
  isSearchable: true,
  load: async (context: OptionsContext) => {
    const { search } = context
    // Jira's search wants something to look for; everybody is another list.
    const url = search === '' ? '/rest/api/3/users/search' : '/rest/api/3/user/search'
    const query = { query: search === '' ? undefined : search, maxResults: 50 }
    const users = await jira.call(context, { url, query, answer: z.array(jiraUser) })
    return users
      .filter(({ active, accountType }) => active && accountType !== 'app')
      .map(({ accountId, displayName, emailAddress }) => ({
        value: accountId,
        label: displayName ?? accountId,
        ...(emailAddress ? { description: emailAddress } : {}),
      }))
  },
}
