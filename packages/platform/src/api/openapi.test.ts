import { describe, expect, it } from 'vitest'
import { openApiDocument } from './openapi.js'

// A document is what it is made of; tests look at some of it.
const { paths } = openApiDocument('https://plane.test') as unknown as {
  readonly paths: Record<string, Record<string, { readonly operationId: string; readonly parameters?: object[] }>>
}

describe('the OpenAPI document', () => {
  it('tells of the proxy, in all of its methods', () => {
    const proxy = paths['/proxy/{connectionId}/{path}'] ?? {}
    expect(Object.keys(proxy)).toEqual(['get', 'head', 'post', 'put', 'patch', 'delete', 'options'])
    expect(proxy['post']).toMatchObject({
      parameters: [{ name: 'connectionId', in: 'path' }, { name: 'path', in: 'path' }, { name: 'x-proxy-base' }],
      requestBody: { content: { '*/*': {} } },
      responses: { default: { $ref: '#/components/responses/Problem' } },
    })
  })

  it('tells how files are uploaded and downloaded', () => {
    expect(paths['/files']?.['post']).toMatchObject({
      parameters: [{ name: 'customerId', in: 'query' }, { name: 'name' }, { name: 'Idempotency-Key' }],
      requestBody: { required: true, content: { '*/*': {} } },
      responses: {
        '201': { content: { 'application/json': { schema: { required: ['$file', 'name', 'contentType', 'size'] } } } },
      },
    })
    expect(paths['/files/{id}']?.['get']).toMatchObject({ parameters: [{ name: 'id', in: 'path' }] })
  })

  it('names each operation once', () => {
    const ids = Object.values(paths).flatMap((operations) => Object.values(operations).map((each) => each.operationId))
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })
})
