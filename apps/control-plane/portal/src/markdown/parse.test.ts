import { describe, expect, it } from 'vitest'
import { parseBlocks, parseInline } from './parse.js'

describe('Markdown of connectors', () => {
  it('reads the blocks that docs are made of', () => {
    const text = '# Acme\n\nOne\ntwo.\n\n- a\n  more\n- b\n\n1. c\n\n```sh\nrun <x>\n```\n> said'
    expect(parseBlocks(text)).toEqual([
      { type: 'heading', level: 1, text: 'Acme' },
      { type: 'paragraph', text: 'One two.' },
      { type: 'list', isOrdered: false, items: ['a more', 'b'] },
      { type: 'list', isOrdered: true, items: ['c'] },
      { type: 'code', text: 'run <x>' },
      { type: 'quote', text: 'said' },
    ])
  })

  it('makes links to web pages and mailboxes only, and keeps HTML as text', () => {
    expect(parseInline('See [docs](https://example.com/a) and [this](javascript:alert) <img onerror=x>')).toEqual([
      { type: 'text', text: 'See ' },
      { type: 'link', text: 'docs', href: 'https://example.com/a' },
      { type: 'text', text: ' and ' },
      { type: 'text', text: 'this' },
      { type: 'text', text: ' <img onerror=x>' },
    ])
  })

  it('ends on whatever it is given', () => {
    for (const text of ['```', '>', '#', '- ', '**', '[a](', '\n\n', '```\nopen'])
      expect(parseBlocks(text)).toBeDefined()
  })
})
