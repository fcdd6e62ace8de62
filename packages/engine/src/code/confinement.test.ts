import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { launchCommand, sandboxFlags } from './launch.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'inlay-sandbox-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SANDBOX = fileURLToPath(new URL('./sandbox', import.meta.url))

/** What somebody would try who got out of QuickJS, into the heap of the process; answers what each attempt came to. */
const ATTEMPTS = {
  readSecret: `process.getBuiltinModule('fs').readFileSync('/etc/passwd', 'utf8')`,
  readOwnEnvironment: `process.getBuiltinModule('fs').readFileSync('/proc/self/environ', 'utf8')`,
  list: `process.getBuiltinModule('fs').readdirSync('/')`,
  write: `process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(join(folder, 'written'))}, 'x')`,
  spawn: `process.getBuiltinModule('child_process').execFileSync('/bin/sh', ['-c', 'id'])`,
  thread: `new (process.getBuiltinModule('worker_threads').Worker)('1', { eval: true })`,
  evaluate: `Function('return 1')()`,
  proto: `Object.hasOwn(Object.prototype, '__proto__') ? 'there' : (() => { throw new Error('no __proto__') })()`,
}

function attempt(prelude: string, attempts: Readonly<Record<string, string>>): Record<string, string> {
  const probe = join(folder, 'probe.mjs')
  const tries = Object.entries(attempts).map(([name, code]) => `${JSON.stringify(name)}: () => ${code}`)
  writeFileSync(
    probe,
    `${prelude}
    const results = {}
    for (const [name, attempt] of Object.entries({ ${tries.join(', ')} })) {
      try { results[name] = 'succeeded: ' + String(await attempt()).slice(0, 50) } catch (error) { results[name] = error.code ?? error.name }
    }
    console.log(JSON.stringify(results))
    process.exit()`,
  )
  const { options } = launchCommand(1)
  const child = spawnSync(process.execPath, [...sandboxFlags([folder, SANDBOX]), probe], {
    ...options,
    encoding: 'utf8',
  })
  return JSON.parse(child.stdout || JSON.stringify({ failed: child.stderr }))
}

describe('a sandbox process that was taken over', () => {
  it('reads, writes and starts nothing, and makes no code of texts', () => {
    expect(attempt('', ATTEMPTS)).toEqual({
      readSecret: 'ERR_ACCESS_DENIED',
      readOwnEnvironment: 'ERR_ACCESS_DENIED',
      list: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      spawn: 'ERR_ACCESS_DENIED',
      thread: 'ERR_ACCESS_DENIED',
      evaluate: 'EvalError',
      proto: 'Error',
    })
  })

  it('finds no way to the network or to other modules', () => {
    const prelude = `import { closeDoors } from ${JSON.stringify(join(SANDBOX, 'close-doors.js'))}; closeDoors()`
    const names = ['getBuiltinModule', 'binding', '_linkedBinding', 'dlopen', 'kill', 'mainModule']
    const attempts = Object.fromEntries([
      ...names.map((name) => [name, `typeof process.${name}`]),
      ...['fetch', 'WebSocket', 'require', 'EventSource'].map((name) => [name, `typeof globalThis.${name}`]),
    ])
    const found = attempt(prelude, attempts)
    expect(new Set(Object.values(found))).toEqual(new Set(['succeeded: undefined']))
    expect(Object.keys(found)).toHaveLength(10)
  })

  it('has an empty environment and reads nothing but its own program', () => {
    const { args, options } = launchCommand(1)
    expect(options.env).toEqual({})
    const readable = args.filter((arg) => arg.startsWith('--allow'))
    expect(readable).toHaveLength(2)
    expect(readable[0]).toBe(`--allow-fs-read=${realpathSync(SANDBOX)}/*`)
    expect(readable[1]).toMatch(/quickjs-wasi\/\*$/)
    expect(attempt('', { environment: 'JSON.stringify(process.env)' })).toEqual({ environment: 'succeeded: {}' })
  })
})
