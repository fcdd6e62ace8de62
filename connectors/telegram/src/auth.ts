import type { AuthDefinition, AuthMethod } from '@inlay/sdk/connector'
import { callTelegram, userSchema } from './telegram-api.js'

/** The token that BotFather gives. */
export const auth: AuthDefinition = {
  kind: 'apiKey',
  name: 'Bot token',
  help: 'From @BotFather: a number, a colon and letters.',
  test: async (context) => {
    await callTelegram(context, { method: 'getMe', answer: userSchema })
  },
  account: async (context) => {
    const { id, username, first_name } = await callTelegram(context, { method: 'getMe', answer: userSchema })
    return { id: String(id), label: username === undefined ? first_name : `@${username}` }
  },
}

/** Telegram wants the token in the path: `/bot<token>/<method>`, and `/file/bot<token>/<path>` for files. */
export const signPath: NonNullable<AuthMethod['sign']> = (request, auth) => {
  const token = auth.kind === 'apiKey' ? auth.apiKey : ''
  const url = new URL(request.url)
  url.pathname = url.pathname.replace(/\/bot\//, `/bot${encodeURIComponent(token).replaceAll('%3A', ':')}/`)
  return { ...request, url: url.href }
}
