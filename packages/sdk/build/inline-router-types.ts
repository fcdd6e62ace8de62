/**
 * Runs before packing, and with `--undo` after it. The client's types come from the router of `@inlay/platform`, which is
 * never published: this puts the router's type into the package itself, with what concerns the server only left out. In the
 * workspace the reference stays, so that the compiler sees when the router has changed.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const published = new URL('../dist/client/app-router.d.ts', import.meta.url)
const cache = new URL('../node_modules/.cache/', import.meta.url)
const kept = new URL('app-router.d.ts', cache)

const SERVER_ONLY: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/import\("\.\/trpc\.js"\)\.Api(Context|Meta)/g, 'object'],
  [/import\("\.\/problem\.js"\)\.ProblemIssue/g, '{ readonly pointer: string; readonly message: string }'],
  [/import\("\.\.\/realtime\/[a-z-]+\.js"\)\.RunEvent/g, 'RunEvent'],
  [/import\("\.\.\/workflows\/drafts\.js"\)\.DraftState/g, 'DraftState'],
  [/\n\/\/# sourceMappingURL=.*/, ''],
]

const RUN_EVENT = `import type { RunStatus, StepStatus } from '@inlay/engine';
export type RunEvent = { readonly type: 'run'; readonly runId: string; readonly status: RunStatus; readonly at: string }
  | { readonly type: 'step'; readonly runId: string; readonly stepPath: string; readonly iteration: string; readonly status: StepStatus; readonly attempt: number; readonly at: string }
  | { readonly type: 'responded'; readonly runId: string; readonly at: string };
`

const DRAFT_STATE = `export type DraftState = { readonly revision: number; readonly people: readonly {
  readonly id: string; readonly name: string | null; readonly self: 'here' | 'elsewhere' | null; readonly isMember: boolean; readonly mayEdit: boolean }[] };
`

if (process.argv.includes('--undo')) renameSync(kept, published)
else inline()

function inline(): void {
  const declarations = readFileSync(new URL('../../platform/dist/api/router.d.ts', import.meta.url), 'utf8')
  const inlined = SERVER_ONLY.reduce(
    (text, [pattern, replacement]) => text.replaceAll(new RegExp(pattern, 'g'), replacement),
    declarations,
  )
  const left = inlined.match(/import\("\.[^"]*"\)/g)
  if (left !== null)
    throw new Error(
      `The router's types refer to parts of the platform that are not inlined: ${[...new Set(left)].join(', ')}`,
    )
  mkdirSync(cache, { recursive: true })
  const reference = readFileSync(published, 'utf8')
  // Packing that was broken off has left the inlined type there.
  if (reference.includes('@inlay/platform')) writeFileSync(kept, reference)
  writeFileSync(published, `${RUN_EVENT}${DRAFT_STATE}${inlined}`)
}
