import { type AuthDefinition, z } from '@inlay/sdk/connector'
import { github } from './github-api.js'

const me = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() })

/** How both ways to connect find out whose credentials they are; it fails for wrong ones. */
const whoami = {
  test: async (context) => {
    await github.call(context, { url: '/user', answer: me })
  },
  account: async (context) => {
    const { id, login, name } = await github.call(context, { url: '/user', answer: me })
    return { id: String(id), label: name ? `${name} (${login})` : login }
  },
} satisfies Pick<AuthDefinition, 'test' | 'account'>

/** Sign-in with a GitHub OAuth app, or a personal access token. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'oauth2',
    name: 'Sign in with GitHub',
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    scopes: [
      { scope: 'repo', description: 'Read and change your repositories, their issues and their webhooks' },
      { scope: 'workflow', description: 'Start and change GitHub Actions workflows', optional: true },
    ],
    ...whoami,
  },
  {
    kind: 'bearer',
    name: 'Personal access token',
    help: 'Create a fine-grained token under Settings, Developer settings, Personal access tokens. It needs "Issues", "Pull requests", "Contents" and "Webhooks" of the repositories.',
    ...whoami,
  },
]
