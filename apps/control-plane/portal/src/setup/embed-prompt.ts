/** What a coding agent has to know of a tenant. Nothing of it is secret. */
export interface EmbedFacts {
  /** The control plane's address. */
  readonly baseUrl: string
  readonly tenantId: string
  /** Origins of pages that may show the widgets. */
  readonly allowedOrigins: readonly string[]
  /** Of the signing key to use; undefined when there is none yet, or it is not to be seen. */
  readonly keyId: string | undefined
}

/** A task for a coding agent: put the builder into the product that it works on. */
export function embedPrompt({ baseUrl, tenantId, allowedOrigins, keyId }: EmbedFacts): string {
  const origins =
    allowedOrigins.length === 0
      ? `none yet: ask me to add the origin of our pages at ${baseUrl}/settings`
      : allowedOrigins.join(', ')
  return `Embed the automation builder into this codebase, so that our customers build automations inside our own pages.

Read first: ${baseUrl}/llms.txt lists the documentation; the guide for this task is ${baseUrl}/docs/guides/embed.md.

Facts
- Control plane: ${baseUrl}
- Tenant id: ${tenantId}
- Signing key id: ${keyId ?? `none yet: ask me to make a signing key at ${baseUrl}/settings`}
- Allowed origins of pages: ${origins}
- The private half of the signing key is a secret and is not in this text. I put it into the environment variable
  INLAY_SIGNING_KEY (PEM). Never print it, commit it, or let it reach a browser.

Steps
1. In the backend: npm install @inlay/sdk
2. Configuration, the way this codebase does it: INLAY_URL=${baseUrl} INLAY_TENANT_ID=${tenantId} INLAY_KEY_ID=${keyId ?? '<signing key id>'}
   and INLAY_SIGNING_KEY, which is a secret.
3. A route POST /api/inlay-token behind the sign-in that our other routes have. It answers the token as text, with
   cache-control: no-store, and 401 to whoever is not signed in:

   import { signEmbedToken } from '@inlay/sdk/embed'
   const { INLAY_URL, INLAY_TENANT_ID, INLAY_KEY_ID, INLAY_SIGNING_KEY } = process.env
   const token = await signEmbedToken({
     audience: INLAY_URL, tenantId: INLAY_TENANT_ID, keyId: INLAY_KEY_ID, signingKey: INLAY_SIGNING_KEY,
     user: { sub: '<id of the signed-in person>', name: '<name>' },
     customer: { externalId: '<id of that person’s company>', name: '<name of the company>' },
     role: 'editor', // viewer, editor, publisher or admin: choose it by the person’s rights in our product
   })

   Person and company come from our session, never from the request: whoever chooses the company chooses whose data is shown.
4. On the page where the builder belongs:

   <script async src="${baseUrl}/embed/v1.js"></script>
   <inlay-builder token-url="/api/inlay-token" height="700"></inlay-builder>

   In a React app, <InlayBuilder> of @inlay/embed-ui does the same; see the guide.
5. If our pages send a Content-Security-Policy, add ${baseUrl} to script-src and frame-src.
6. Check it: the page at an allowed origin shows the builder for a signed-in person; the route answers 401 without a session;
   nothing is in the browser’s console. A refusal names a page about its code below ${baseUrl}/docs/errors.

At the end, tell me which files you changed, what I have to set, and how I try it.
`
}
