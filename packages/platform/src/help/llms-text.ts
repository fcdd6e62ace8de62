import { ERRORS_PATH } from './error-list.js'
import { GUIDES, guideAddress } from './guides.js'

/**
 * What a language model is told of where to read about this deployment, in the form of llmstxt.org.
 *
 * @param baseUrl of the control plane
 */
export function llmsText(baseUrl: string): string {
  const guides = GUIDES.map(({ name, title, about }) => `- [${title}](${guideAddress(baseUrl, name)}): ${about}`)
  return `# Automation platform

> Automations inside a product: its customers build, switch on and watch workflows in widgets that are embedded into its
> pages, and its backend drives all of it over an API. This deployment is at ${baseUrl}.

- Everything is under ${baseUrl}/v1 as JSON; send an API key as \`Authorization: Bearer …\`. Keys are for backends, never for
  pages.
- Errors are problem documents (RFC 9457): \`code\` is stable, \`type\` is the address of a page about it, \`detail\` says what to do.
- Lists take \`cursor\` and \`limit\` and answer \`data\` and \`nextCursor\`. Every POST may carry an \`Idempotency-Key\`.

## API

- [OpenAPI 3.1 document](${baseUrl}/v1/openapi.json): every operation with its input and output
- [API reference](${baseUrl}/docs): the same for people
- [Errors](${baseUrl}${ERRORS_PATH}.md): each code, why it happens, what to do

## Guides

${guides.join('\n')}
`
}
