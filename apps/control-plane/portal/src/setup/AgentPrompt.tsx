import { Button, Card, CodeBlock, useToast } from '@inlay/embed-ui/ui'
import { useQuery } from '@tanstack/react-query'
import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client.js'
import { embedPrompt } from './embed-prompt.js'

interface AgentPromptProps {
  /** Where the product calls: not where the portal is open. */
  readonly baseUrl: string
  readonly tenantId: string
  readonly allowedOrigins: readonly string[]
}

/** What a developer hands to a coding agent, so that it puts the builder into the product. */
export function AgentPrompt({ baseUrl, tenantId, allowedOrigins }: AgentPromptProps) {
  const toast = useToast()
  const [isShown, setShown] = useState(false)
  const keys = useQuery({ queryKey: ['signing-keys'], queryFn: () => client.signingKeys.list.query({}) })
  const keyId = keys.data?.data[0]?.kid
  const prompt = embedPrompt({ baseUrl, tenantId, allowedOrigins, keyId })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(prompt)
      toast({
        tone: 'success',
        title: 'Copied',
        detail: 'Paste it into your coding agent, in the code of your product.',
      })
    } catch {
      // A page without TLS, or a person who does not allow it: the text can still be taken by hand.
      setShown(true)
    }
  }
  return (
    <section>
      <div className="section-title">
        <h2>Set up with a coding agent</h2>
      </div>
      <Card isPadded>
        <div className="form">
          <p>
            The steps to embed the builder, with your addresses and ids, as a task for the coding agent that you work
            with. It holds no secret: the signing key stays in your environment.
          </p>
          <div className="actions">
            <Button
              variant="primary"
              icon={<ClipboardCopy size={16} />}
              isBusy={keys.isPending}
              onClick={() => void copy()}
            >
              Copy prompt for your coding agent
            </Button>
            <Button variant="ghost" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
              {isShown ? 'Hide it' : 'Show it'}
            </Button>
          </div>
          {isShown && <CodeBlock code={prompt} label="Prompt" />}
        </div>
      </Card>
    </section>
  )
}
