import type { ReactNode } from 'react'
import { type Block, type Inline, parseBlocks, parseInline } from './parse.js'

/** A text in Markdown. It becomes elements, never HTML: what a connector's author wrote cannot run. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="markdown">
      {parseBlocks(text).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'heading': {
      // The page has its own first heading.
      const Heading = block.level === 1 ? 'h2' : block.level === 2 ? 'h3' : 'h4'
      return <Heading>{inline(block.text)}</Heading>
    }
    case 'paragraph':
      return <p>{inline(block.text)}</p>
    case 'quote':
      return <blockquote>{inline(block.text)}</blockquote>
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      )
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      )
    }
  }
}

function inline(text: string): ReactNode[] {
  return parseInline(text).map((piece, index) => <InlineView key={index} piece={piece} />)
}

function InlineView({ piece }: { readonly piece: Inline }) {
  switch (piece.type) {
    case 'text':
      return piece.text
    case 'code':
      return <code>{piece.text}</code>
    case 'strong':
      return <strong>{piece.text}</strong>
    case 'emphasis':
      return <em>{piece.text}</em>
    case 'link':
      return (
        <a href={piece.href} target="_blank" rel="noreferrer">
          {piece.text}
        </a>
      )
  }
}
