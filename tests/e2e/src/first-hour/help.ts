/** What a developer finds when something is not clear: asked of the running product. */
import { expect } from 'vitest'
import { recordFigure, secondsSince } from '../harness/figures.js'
import { type Stage, signIn } from './stage.js'

/** Notes which kinds of help there are; what is missing is told, not asserted. */
export async function findHelp(stage: Stage): Promise<void> {
  const call = await callByMcp(stage)
  recordFigure(20, {
    shortcuts: await listsShortcuts(stage),
    errorLinks: await errorsLeadToDocs(stage),
    llmsTxt: await hasLlmsTxt(stage),
    prompt: await copiesPrompt(stage),
    mcp: call !== undefined,
    ...(call === undefined ? {} : { mcpSeconds: call }),
  })
}

async function listsShortcuts(stage: Stage): Promise<boolean> {
  const { id } = await stage.product.publish('Help', [{ id: 'note', type: 'set', values: { a: 1 } }])
  const { page, widget } = await stage.openWidget({ options: { workflowId: id } })
  await widget.locator('[data-nav="note"]').focus()
  await page.keyboard.press('?')
  const rows = widget.getByRole('dialog').getByRole('term')
  const isThere = await rows
    .first()
    .waitFor()
    .then(() => true)
    .catch(() => false)
  const count = await rows.count()
  await page.close()
  return isThere && count > 20
}

/** The `type` of a problem is an address of the same control plane that explains its code. */
async function errorsLeadToDocs({ product: { demo } }: Stage): Promise<boolean> {
  const problem = await (await fetch(`${demo.baseUrl}/v1/runs/run_none`)).json()
  const { type, code } = problem as { type: string; code: string }
  if (!type.startsWith(`${demo.baseUrl}/`)) return false
  const page = await fetch(type, { headers: { accept: 'text/html' } })
  return page.ok && (await page.text()).includes(code)
}

async function hasLlmsTxt({ product: { demo } }: Stage): Promise<boolean> {
  const answer = await fetch(`${demo.baseUrl}/llms.txt`)
  const text = await answer.text()
  if (!answer.ok || !text.startsWith('# ')) return false
  const links = [...text.matchAll(/\]\((http[^)]+)\)/g)].map(([, url = '']) => url)
  const answers = await Promise.all(links.map(async (link) => (await fetch(link)).ok))
  return links.length > 0 && answers.every(Boolean)
}

/** A button of the portal that copies a prompt, which names this control plane and no secret. */
async function copiesPrompt({ product, browser, origin }: Stage): Promise<boolean> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  try {
    await signIn(page, product)
    await page.goto(`${product.demo.baseUrl}/settings`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const button = page.getByRole('button', { name: /copy.*prompt/i }).first()
    const isThere = await button.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
    if (!isThere) return false
    await button.click()
    const prompt = await page.evaluate(() => navigator.clipboard.readText())
    const { baseUrl, tenantId, apiKey, embedSigningKey } = product.demo
    expect(prompt).not.toContain(apiKey)
    expect(prompt).not.toContain(embedSigningKey.split('\n')[1])
    return [baseUrl, tenantId, origin, 'llms.txt'].every((part) => prompt.includes(part))
  } finally {
    await context.close()
  }
}

/** Runs a workflow by the Model Context Protocol, as a coding agent does. @returns seconds; undefined without MCP */
async function callByMcp({ product }: Stage): Promise<number | undefined> {
  const { id } = await product.publish('Answer', [{ id: 'note', type: 'set', values: { answer: 42 } }])
  const startMs = performance.now()
  const { tools = [] } = await callMcp(product.demo, 'tools/list', {})
  const tool = tools.find(({ name }) => /^run_/.test(name))
  if (tool === undefined) return undefined
  const result = await callMcp(product.demo, 'tools/call', {
    name: tool.name,
    arguments: { workflowId: id, input: {} },
  })
  return JSON.stringify(result).includes('succeeded') ? secondsSince(startMs) : undefined
}

interface McpResult {
  readonly tools?: readonly { readonly name: string }[]
}

async function callMcp(demo: Stage['product']['demo'], method: string, params: object): Promise<McpResult> {
  const answer = await fetch(`${demo.baseUrl}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${demo.apiKey}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  if (!answer.ok) return {}
  const text = await answer.text()
  // An answer comes as JSON, or as the one event of a stream.
  const json = /^data: (.*)$/m.exec(text)?.[1] ?? text
  // JSON-RPC, with a result unless it was refused.
  return (JSON.parse(json) as { result?: McpResult }).result ?? {}
}
