import { type AuthDefinition, type ConnectionTestContext, z } from '@inlay/sdk/connector'
import { GITLAB_COM, gitlab, hostOf } from './gitlab-api.js'

const me = z.object({ id: z.number(), username: z.string(), name: z.string().nullish() })

function readMe(context: ConnectionTestContext) {
  return gitlab.call(context, { url: '/user', answer: me })
}

const whoami = {
  test: async (context) => {
    await readMe(context)
  },
  account: async (context) => {
    const { id, username, name } = await readMe(context)
    const host = hostOf(context.auth)
    return { id: `${id}@${host}`, label: `${name || username} (${host})` }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

const fields = z.object({
  host: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i, 'must be a host name, such as gitlab.example.com')
    .default(GITLAB_COM)
    .meta({ title: 'Host', description: 'Of a GitLab of your own.', examples: [GITLAB_COM] }),
})

/**
 * Sign-in at gitlab.com, or an access token, at any GitLab: the secret of an OAuth application is for the host that it was
 * registered at, and never goes to one that people name.
 */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with GitLab.com',
    authorizationUrl: 'https://gitlab.com/oauth/authorize',
    tokenUrl: 'https://gitlab.com/oauth/token',
    revocationUrl: 'https://gitlab.com/oauth/revoke',
    scopes: [{ scope: 'api', description: 'Read and change your projects, their issues, files and webhooks' }],
    ...whoami,
  },
  {
    kind: 'bearer',
    name: 'Access token',
    help: 'A personal, group or project access token with the scope "api": Preferences, Access tokens.',
    fields,
    ...whoami,
  },
]
