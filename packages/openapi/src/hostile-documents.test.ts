import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startStubServer } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { baseUrlFor } from './connector/base-url.js'
import { checkConnector } from './connector/to-connector.js'
import { importOpenApi } from './import-openapi.js'

const operation = (schema: unknown) => ({
  operationId: 'get',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
})
const documentOf = (parts: object = {}) => ({
  openapi: '3.0.3',
  info: { title: 'Hostile', version: '1.0.0' },
  servers: [{ url: 'https://api.test' }],
  paths: { '/a': { get: operation({ type: 'object' }) } },
  ...parts,
})

describe('a hostile document', () => {
  it('reads no file and calls nobody by its references', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inlay-openapi-'))
    const server = await startStubServer(() => ({ json: { type: 'object', title: 'canary-of-the-server' } }))
    try {
      const file = join(folder, 'canary.json')
      await writeFile(file, '{"type":"object","title":"canary-of-the-file"}')
      const references = [
        file,
        pathToFileURL(file).href,
        `${server.url}/schema.json#/x`,
        '//evil.test/x',
        '../canary.json',
        './canary.json#/title',
      ]
      const document = documentOf({
        paths: Object.fromEntries([
          ...references.map((reference, index) => [`/${index}`, { get: operation({ $ref: reference }) }]),
          ['/item', { $ref: `${server.url}/item.json` }],
          [
            '/parameters',
            { get: { parameters: [{ $ref: file }], requestBody: { $ref: file }, responses: { $ref: file } } },
          ],
        ]),
        components: { securitySchemes: { a: { $ref: `${server.url}/scheme` } } },
      })
      const { connector, notes } = await importOpenApi(document, { documentUrl: `${server.url}/openapi.json` })
      expect(JSON.stringify(connector)).not.toMatch(/canary-of/)
      expect(server.requests).toEqual([])
      expect(notes.filter(({ reason }) => reason.includes('leads out of the document')).length).toBeGreaterThanOrEqual(
        references.length + 3,
      )
      expect(connector.operations.map(({ output }) => output.schema).slice(0, references.length)).toEqual(
        references.map(() => ({})),
      )
    } finally {
      await server.close()
      await rm(folder, { recursive: true })
    }
  })

  it.each([
    ['is too large', `{"openapi":"3.0.0","x":"${'a'.repeat(1000)}"}`, 'openapi.too_large'],
    ['is too deep', '['.repeat(100_000), 'openapi.too_deep'],
    ['is too deep in YAML', `openapi: 3.0.0\nx: ${'['.repeat(300)}${']'.repeat(300)}`, 'openapi.too_deep'],
    ['is no document', '"text"', 'openapi.not_readable'],
    ['is neither JSON nor YAML', '{"openapi": ', 'openapi.not_readable'],
    ['is of another version', '{"openapi":"4.0.0"}', 'openapi.unknown_format'],
    ['has no operations', '{"openapi":"3.0.0","paths":{}}', 'openapi.no_operations'],
  ])('that %s is refused', async (_, text, code) => {
    const limits = code === 'openapi.too_large' ? { maxBytes: 500 } : {}
    await expect(importOpenApi(text, limits)).rejects.toMatchObject({ code })
  })

  it('cannot multiply itself by aliases', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (let index = 1; index < 12; index++) {
      const before = String.fromCharCode(96 + index)
      const name = String.fromCharCode(97 + index)
      lines.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`)
    }
    await expect(importOpenApi(`openapi: 3.0.0\n${lines.join('\n')}`)).rejects.toMatchObject({
      code: 'openapi.not_readable',
    })
  })

  it('gets no more time than it was given', async () => {
    let clock = 0
    const now = (): number => {
      clock += 1000
      return clock
    }
    await expect(
      importOpenApi(documentOf(), { timeLimitMs: 1500, now, checkSpecification: false }),
    ).rejects.toMatchObject({
      code: 'openapi.too_slow',
    })
  })

  it('reaches no prototype', async () => {
    const text = JSON.stringify(documentOf()).replace(
      '"type":"object"',
      '"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}',
    )
    const { connector, notes } = await importOpenApi(text)
    expect(({} as Record<string, unknown>)['type']).toBeUndefined()
    expect(JSON.stringify(connector)).not.toContain('__proto__')
    expect(notes).toContainEqual(expect.objectContaining({ reason: 'The key "__proto__" is never read.' }))
    expect(checkConnector(connector).actions['get']?.output.safeParse({ constructor: 1 }).success).toBe(false)
  })

  it('follows JSON Pointers with escapes, and circles nowhere', async () => {
    const { connector } = await importOpenApi(
      documentOf({
        paths: {
          '/a~b/c': { get: operation({ $ref: '#/components/schemas/a~1b%20c' }) },
          '/loop': { get: operation({ $ref: '#/components/schemas/Loop' }) },
        },
        components: {
          schemas: {
            'a/b c': { type: 'object', title: 'found' },
            Loop: { allOf: [{ $ref: '#/components/schemas/Pool' }, { type: 'object' }] },
            Pool: { anyOf: [{ $ref: '#/components/schemas/Loop' }, { $ref: '#/components/schemas/Self' }] },
            Self: { $ref: '#/components/schemas/Self' },
          },
        },
      }),
    )
    expect(JSON.stringify(connector.definitions)).toContain('found')
    const { actions } = checkConnector(connector)
    for (const id of Object.keys(actions)) expect(actions[id]?.output.safeParse({}).success).toBe(true)
  })

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://files.test',
    'https://user:secret@api.test',
    'https://api.test/../..',
  ])('cannot have the address %s', async (url) => {
    const { connector, notes } = await importOpenApi(documentOf({ servers: [{ url }] }))
    expect(connector.servers).toEqual([{ url: '{baseUrl}', title: 'The address of the connection' }])
    expect(notes).toContainEqual(expect.objectContaining({ pointer: '/servers/0', kind: 'left_out' }))
  })

  it('has variables that lead to no other host', async () => {
    const { connector } = await importOpenApi(
      documentOf({ servers: [{ url: 'https://{shop}.api.test/{path}', variables: { shop: {}, path: {} } }] }),
    )
    const baseUrl = baseUrlFor(connector)
    if (typeof baseUrl === 'string') return expect.unreachable()
    const at = (shop: string, path = 'v1') => baseUrl({ kind: 'custom', fields: { shop, path } })
    expect(at('acme')).toBe('https://acme.api.test/v1')
    for (const shop of [
      'evil.test/',
      'evil.test#',
      'evil.test?',
      'a@evil.test',
      'evil.test\\',
      '',
      'a b',
      'evil.test:80',
    ]) {
      expect(() => at(shop)).toThrow(/does not make an address/)
    }
    for (const path of ['..', 'a/../..', '%2e%2e', '?x', '#', 'a\\b'])
      expect(() => at('acme', path)).toThrow(/does not make an address/)
  })

  it('cannot grow without measure by parts that name each other twice', async () => {
    const twice = (name: string, keyword: string) => ({
      [keyword]: [{ $ref: `#/components/schemas/${name}` }, { $ref: `#/components/schemas/${name}` }],
    })
    const chain = ['allOf', 'anyOf'].flatMap((keyword) =>
      Array.from(
        { length: 60 },
        (_, index) => [`${keyword}${index}`, twice(`${keyword}${index + 1}`, keyword)] as const,
      ),
    )
    const branches = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [
        name,
        { anyOf: [{ $ref: '#/components/schemas/Deep' }, { $ref: '#/components/schemas/Deep' }] },
      ]),
    )
    const { connector, notes } = await importOpenApi(
      documentOf({
        paths: {
          '/a': { get: operation({ $ref: '#/components/schemas/allOf0' }) },
          '/b': { get: { ...operation({ $ref: '#/components/schemas/anyOf0' }), operationId: 'b' } },
          '/c': { get: { ...operation({ $ref: '#/components/schemas/Deep' }), operationId: 'c' } },
        },
        components: {
          schemas: {
            ...Object.fromEntries(chain),
            allOf60: { type: 'object' },
            anyOf60: { type: 'object' },
            Deep: { type: 'object', required: ['a', 'b', 'c'], properties: branches },
          },
        },
      }),
      { checkSpecification: false },
    )
    expect(notes.filter(({ reason }) => reason.includes('name more than')).length).toBeGreaterThan(0)
    for (const { output } of Object.values(checkConnector(connector).actions))
      expect(output.safeParse({}).success).toBeDefined()
  })

  it('cannot slow the reading down by quotes', async () => {
    await expect(importOpenApi(`{"a": "${'\\"'.repeat(2_000_000)}`)).rejects.toMatchObject({
      code: 'openapi.not_readable',
    })
  })

  it('has an icon that does nothing', async () => {
    const { connector } = await importOpenApi(
      documentOf({ 'x-inlay-connector': { icon: '<svg onload="alert(1)"></svg>' } }),
    )
    expect(connector.icon).not.toContain('alert')
  })

  it('cannot hang the import by its patterns', async () => {
    const slow = { type: 'string', pattern: '^(a+)+$', example: `${'a'.repeat(40)}!` }
    const { connector } = await importOpenApi(documentOf({ paths: { '/a': { get: operation(slow) } } }))
    expect(checkConnector(connector).actions['get']?.output.safeParse(`${'a'.repeat(40)}!`).success).toBe(true)
  })
})

describe('the package', () => {
  it('imports nothing that evaluates, and asks for no file or address of a document', async () => {
    const sources = [
      'import-openapi.ts',
      'document/read-document.ts',
      'document/source.ts',
      'schema/translate.ts',
      'overlay/json-path.ts',
    ]
    for (const source of sources) {
      expect(await readFile(join(import.meta.dirname, source), 'utf8')).not.toMatch(
        /\beval\(|new Function|fetch\(|node:(fs|http|net)/,
      )
    }
  })
})
