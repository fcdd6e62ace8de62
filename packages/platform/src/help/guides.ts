/** The guides that a tenant's developers need, in the order in which they do. */
export interface Guide {
  /** The last part of its address, without `.md`. */
  readonly name: string
  readonly title: string
  readonly about: string
  /** Where its text is, below the folder of documents. */
  readonly file: string
}

const howTo = (name: string, title: string, about: string): Guide => ({ name, title, about, file: `how-to/${name}.md` })

/** Guides for operators and for contributors to the source are not among them. */
export const GUIDES: readonly Guide[] = [
  howTo('embed', 'Put the widgets into your product', 'tokens, elements, React components, options, events, security'),
  howTo('mcp', 'Let an agent run workflows', 'the MCP endpoint: tools, keys, customers, limits'),
  howTo('guardrails', 'Say what builders offer', 'rules and limits for what customers can build'),
  howTo('oauth', 'Connect accounts by OAuth', 'authorizations, your own OAuth apps, brands of the pages'),
  howTo('custom-domains', 'Use a domain of your own', 'DNS records, states, what changes, redirect URIs, certificates'),
  howTo('manage-connectors', 'Manage connectors', 'switch on and off, upgrade, your own settings'),
  howTo('connector-triggers', 'How connectors’ triggers run', 'polling, webhooks, what happens to events'),
  howTo('webhooks', 'Hear what happens by webhook', 'events, verifying them, listening on your own machine, retries'),
  howTo('upload-files', 'Upload files', 'files for steps and runs: sizes, references, how long they are kept'),
  howTo('proxy-api', 'Call a connected service', 'requests with a customer’s account from your backend'),
  howTo('control-the-flow', 'Control the flow of runs', 'concurrency, rates, debounce, batches'),
  howTo('write-code-steps', 'Write code steps', 'JavaScript in a workflow'),
  howTo('serve-a-connector', 'Serve a connector', 'your product as a connector, from your own backend'),
  howTo('write-a-connector', 'Write a connector', 'auth, actions, triggers'),
  howTo('check-a-connector', 'Check a connector', 'tests against the contract'),
  howTo('import-openapi', 'Import an OpenAPI document', 'a connector from the description of an API'),
  howTo('marketplace', 'Share connectors and templates', 'hand in, review, install'),
  howTo('audit-log', 'Read the audit log', 'who did what, and from where'),
  howTo('embed-the-engine', 'Run the engine in your own process', 'the same workflows without the control plane'),
  {
    name: 'expressions',
    title: 'Expressions',
    about: 'how `{{ … }}` is computed in the texts of a workflow',
    file: 'expressions.md',
  },
  {
    name: 'expression-functions',
    title: 'Functions of expressions',
    about: 'every function, with an example',
    file: 'expression-functions.md',
  },
  {
    name: 'definition-issues',
    title: 'Issues of definitions',
    about: 'what can be wrong with a workflow, by codes for programs',
    file: 'definition-issues.md',
  },
  {
    name: 'workflow-patterns',
    title: 'Workflow patterns',
    about: 'how to express sequences, choices, loops and joins',
    file: 'workflow-patterns.md',
  },
]

/** The address of a guide's text. @param baseUrl of the control plane */
export function guideAddress(baseUrl: string, name: string): string {
  return `${baseUrl}/docs/guides/${name}.md`
}

/** Addresses in guides are this deployment's own. */
export function localized(markdown: string, baseUrl: string): string {
  return markdown.replaceAll(/https:\/\/(plane\.example|automation\.example\.com)(?![\w.-])/g, () => baseUrl)
}
