/** The pages that a person sees on the way of connecting an account. */
import type { ConsentView, DecisionOutcome } from '@inlay/platform/oauth'
import { escapeHtml, fromLine, plainPage } from './plain-page.js'

/** Shown before the service's own pages when nothing proves that the person has just asked for it. */
export function beginPage(view: ConsentView, href: string): string {
  const title = `Connect ${view.connectorName}?`
  return plainPage(
    title,
    `${fromLine(view.tenantName, view.brand)}
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(askedFor(view))}</p>
<p>Go on only if you have just asked for this yourself. You will sign in at ${escapeHtml(view.connectorName)}, and confirm afterwards.</p>
<div class="actions"><a class="button main" href="${escapeHtml(href)}">Go on to ${escapeHtml(view.connectorName)}</a></div>`,
    view.brand,
  )
}

/**
 * Names both sides and who asked, and asks for the decision: signing in at the service connects nothing by itself.
 *
 * @param csrf proves that the form was shown to the browser that sends it
 */
export function consentPage(view: ConsentView, csrf: string): string {
  const title = `Connect this ${view.connectorName} account?`
  return plainPage(
    title,
    `${fromLine(view.tenantName, view.brand)}
<h1>${escapeHtml(title)}</h1>
<dl>
${row(`${view.connectorName} account`, view.accountLabel ?? 'The one that you have just signed in to')}
${row('Used by', `${view.customerName} in ${view.tenantName}`)}
${view.askedBy === '' ? '' : row('Asked for by', view.askedBy)}
</dl>
${formerAccount(view)}
${scopeList(view)}
<p class="warning">If you do not know ${escapeHtml(view.askedBy === '' ? view.customerName : `${view.askedBy} or ${view.customerName}`)}, cancel: they would be able to use your account.</p>
<form method="post">
<input type="hidden" name="csrf" value="${escapeHtml(csrf)}">
<div class="actions">
<button class="main" name="decision" value="connect">Connect</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>`,
    view.brand,
  )
}

const OUTCOMES: Readonly<Record<DecisionOutcome['outcome'], readonly [title: string, message: string]>> = {
  confirmed: ['The account is connected', 'You can close this page.'],
  'awaiting-host': ['Almost done', 'You can close this page and go back to where you started. It is finished there.'],
  declined: ['The account was not connected', 'You have cancelled it. You can close this page.'],
}

/**
 * The last page. Its script tells the page that opened it, and no other, that there is something to ask the server: no
 * secret, and no result that could be believed.
 */
export function donePage({ id, outcome, returnOrigin, tenantName, brand }: DecisionOutcome, nonce: string): string {
  const [title, message] = OUTCOMES[outcome]
  const hint = returnOrigin === null ? '' : `<script nonce="${nonce}">${hintScript(id, returnOrigin)}</script>`
  return plainPage(
    title,
    `${fromLine(tenantName, brand)}
<h1>${escapeHtml(title)}</h1>
<p role="status">${escapeHtml(message)}</p>
${hint}`,
    brand,
  )
}

function hintScript(id: string, origin: string): string {
  // Within a script element, `<` could end it.
  const message = JSON.stringify({ type: 'inlay:oauth', id }).replaceAll('<', '\\u003c')
  return `if (window.opener) window.opener.postMessage(${message}, ${JSON.stringify(origin).replaceAll('<', '\\u003c')})`
}

function askedFor({ tenantName, customerName, connectorName, askedBy }: ConsentView): string {
  const who = askedBy === '' ? tenantName : `${askedBy} (${customerName})`
  return `${who} asks you to connect your ${connectorName} account to ${customerName} in ${tenantName}.`
}

function formerAccount({ formerAccountLabel: former, accountLabel: label }: ConsentView): string {
  if (former === null || former === label) return ''
  return `<p class="warning">The connection has used another account so far: ${escapeHtml(former)}.</p>`
}

function scopeList({ scopes }: ConsentView): string {
  if (scopes.length === 0) return ''
  const items = scopes.map(({ description }) => `<li>${escapeHtml(description)}</li>`).join('\n')
  return `<p>Automations will be able to:</p>\n<ul>\n${items}\n</ul>`
}

function row(name: string, value: string): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`
}
