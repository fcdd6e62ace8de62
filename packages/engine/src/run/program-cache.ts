import { compileWorkflow } from '../compile/compile.js'
import type { DefinitionLimits } from '../compile/limits.js'
import type { ErrorRecord } from '../contracts/errors.js'
import type { RunIdentity } from '../contracts/run.js'
import type { DefinitionStore } from '../ports/definition-store.js'
import type { Program } from './program.js'

const MAX_PROGRAMS = 1000

export type LoadedProgram =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly error: ErrorRecord }

/** Compiled versions by id. Versions are immutable, so an entry never goes stale; the least recently used goes first. */
export class ProgramCache {
  private readonly programs = new Map<string, Program>()
  private readonly loading = new Map<string, Promise<LoadedProgram>>()

  constructor(
    private readonly definitions: DefinitionStore,
    private readonly limits: DefinitionLimits,
  ) {}

  /** A program that is there already: saves the hot path a turn of the event loop. */
  peek(versionId: string): Program | undefined {
    const program = this.programs.get(versionId)
    if (program === undefined) return undefined
    this.programs.delete(versionId)
    this.programs.set(versionId, program)
    return program
  }

  /** Runs that need a version at the same time share one look-up. @throws what the definition store throws */
  load(run: Pick<RunIdentity, 'tenantId' | 'versionId'>): Promise<LoadedProgram> {
    const known = this.loading.get(run.versionId)
    if (known !== undefined) return known
    const loading = this.read(run).finally(() => this.loading.delete(run.versionId))
    this.loading.set(run.versionId, loading)
    return loading
  }

  private async read({ tenantId, versionId }: Pick<RunIdentity, 'tenantId' | 'versionId'>): Promise<LoadedProgram> {
    const document = await this.definitions.load(tenantId, versionId)
    if (document === undefined) return refuse(`There is no workflow version ${versionId}.`)
    const compiled = compileWorkflow(document, this.limits)
    if (!compiled.ok) return refuse(compiled.issues.map(({ pointer, message }) => `${pointer}: ${message}`).join(' '))
    if (this.programs.size >= MAX_PROGRAMS) {
      const [oldest] = this.programs.keys()
      if (oldest !== undefined) this.programs.delete(oldest)
    }
    this.programs.set(versionId, compiled.program)
    return { ok: true, program: compiled.program }
  }
}

function refuse(detail: string): LoadedProgram {
  const title = 'The version of this run cannot be executed'
  return { ok: false, error: { kind: 'validation', title, detail, retryable: false } }
}
