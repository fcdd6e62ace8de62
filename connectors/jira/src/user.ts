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
    const query = { query: context.search, maxResults: 50 }
    const users = await jira.call(context, { url: '/rest/api/3/user/search', query, answer: z.array(jiraUser) })
    return users
      .filter(({ active, accountType }) => active && accountType !== 'app')
      .map(({ accountId, displayName, emailAddress }) => ({
        value: accountId,
        label: displayName ?? accountId,
        ...(emailAddress ? { description: emailAddress } : {}),
      }))
  },
}
