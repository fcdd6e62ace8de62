/** What the OpenAPI document says of the proxy: no procedure is behind it, so that nothing could derive it. */

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const

/** The address as OpenAPI writes it; its last part may hold slashes. */
export const PROXY_PATH = '/proxy/{connectionId}/{path}'

const PARAMETERS = [
  {
    name: 'connectionId',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: 'Whose account is used.',
  },
  {
    name: 'path',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description:
      "The path of the service's API as it is, slashes included. The query goes to the service too, whatever it holds.",
  },
  {
    name: 'x-proxy-base',
    in: 'header',
    required: false,
    schema: { type: 'string', format: 'uri' },
    description: 'Another origin to which the connector lets credentials go, such as one for uploads.',
  },
]

const ANYTHING = { '*/*': { schema: {} } }

const PROXIED = {
  description:
    'What the service answered: its status, its body and most of its headers, with `x-proxied: 1`. Answers without that header are problems of the proxy.',
  headers: { 'x-proxied': { schema: { type: 'string', const: '1' } } },
  content: ANYTHING,
}

/** The operations of the proxy. @param problem how the API refuses */
export function proxyOperations(problem: Readonly<Record<string, unknown>>): Record<string, ProxyOperation> {
  return Object.fromEntries(METHODS.map((method) => [method, operationOf(method, problem)]))
}

/** One method of the proxy. */
export interface ProxyOperation {
  readonly parameters: readonly unknown[]
  readonly responses: Readonly<Record<string, unknown>>
}

function operationOf(method: (typeof METHODS)[number], problem: Readonly<Record<string, unknown>>): ProxyOperation {
  const hasBody = method === 'post' || method === 'put' || method === 'patch' || method === 'delete'
  const described = {
    operationId: `proxy-${method}`,
    summary: 'Call a connected service',
    description:
      "Calls the API of a connection's service with the customer's credentials, which the caller never sees. It needs an API key with the scope `connections:proxy`. Bodies of any type are passed on, up to 10 MiB both ways.",
    tags: ['Connections'],
    security: [{ bearer: [] }],
    parameters: PARAMETERS,
    ...(hasBody ? { requestBody: { required: false, content: ANYTHING } } : {}),
    responses: { '2XX': PROXIED, '4XX': PROXIED, '5XX': PROXIED, default: problem },
  }
  return described
}
