import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { embedPrompt } from './embed-prompt.js'

const FACTS = {
  baseUrl: 'https://flows.example.com',
  tenantId: 'ten_1',
  allowedOrigins: ['https://app.example.com', 'https://beta.example.com'],
  keyId: 'k-7',
}

describe('the prompt for a coding agent', () => {
  it('holds the addresses, ids and origins of the tenant, and where to read on', () => {
    const prompt = embedPrompt(FACTS)
    expect(prompt).toContain('https://flows.example.com/llms.txt')
    expect(prompt).toContain('INLAY_TENANT_ID=ten_1 INLAY_KEY_ID=k-7')
    expect(prompt).toContain('https://app.example.com, https://beta.example.com')
    expect(prompt).toContain('<script async src="https://flows.example.com/embed/v1.js"></script>')
  })

  it('asks for what the guide shows, as it stands there', async () => {
    const guide = await readFile(new URL('../../../../../docs/how-to/embed.md', import.meta.url), 'utf8')
    const [block = ''] = [...guide.matchAll(/```html\n(.*?)\n```/gs)].map(([, html]) => html)
    const prompt = embedPrompt({ ...FACTS, baseUrl: 'https://plane.example' })
    for (const line of block.split('\n')) expect(prompt).toContain(line)
    for (const name of ['INLAY_URL', 'INLAY_TENANT_ID', 'INLAY_KEY_ID', 'INLAY_SIGNING_KEY']) {
      expect([name, guide.includes(name), prompt.includes(name)]).toEqual([name, true, true])
    }
  })

  it('says what is still to be set up', () => {
    const prompt = embedPrompt({ ...FACTS, allowedOrigins: [], keyId: undefined })
    expect(prompt).toContain('Allowed origins of pages: none yet')
    expect(prompt).toContain('Signing key id: none yet')
  })
})
