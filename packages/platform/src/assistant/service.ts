import type { DefinitionIssue, JsonValue, TenantScope } from '@inlay/engine'
import { z } from 'zod'
import { anyJson } from '../api/json.js'
import type { CatalogService } from '../catalog/index.js'
import type { WorkflowsService } from '../workflows/index.js'
import { type AskModel, type ChatMessage, jsonOf } from './chat.js'
import { chooseConnectors } from './choose-connectors.js'
import { assistantFailed, assistantUnavailable } from './errors.js'
import { promptFor, repairPrompt } from './prompt.js'
import type { DraftedWorkflow } from './schema.js'

/** A model that did not mend it in so many rounds rarely does. */
const REPAIRS = 2
const TOLD_PROBLEMS = 12

/** Workflows from descriptions in words, where the operator has set a model. Nothing is stored, let alone published. */
export interface AssistantService {
  readonly isAvailable: boolean
  /** @throws UserError `assistant.unavailable`, `assistant.failed` */
  draft(scope: TenantScope, description: string): Promise<DraftedWorkflow>
}

interface AssistantDeps {
  /** Undefined when the operator has set none. */
  readonly ask: AskModel | undefined
  readonly catalog: Pick<CatalogService, 'list' | 'get'>
  readonly workflows: Pick<WorkflowsService, 'validate'>
}

const proposal = z.object({
  name: z.string().trim().min(1).max(200),
  explanation: z.string().max(2_000).default(''),
  definition: z.looseObject({ schema: z.literal('inlay/workflow@1'), steps: z.array(anyJson) }),
})
type Proposal = z.output<typeof proposal>

interface Judged {
  readonly found: Proposal | undefined
  readonly issues: readonly DefinitionIssue[]
}

export function createAssistantService({ ask, catalog, workflows }: AssistantDeps): AssistantService {
  const judge = async (scope: TenantScope, answer: string): Promise<Judged> => {
    const found = proposal.safeParse(jsonOf(answer)).data
    if (found === undefined) return { found, issues: [] }
    return { found, issues: await workflows.validate(scope, toJson(found.definition)) }
  }
  return {
    isAvailable: ask !== undefined,
    draft: async (scope, description) => {
      if (ask === undefined) throw assistantUnavailable()
      const messages: ChatMessage[] = promptFor(description, await chooseConnectors(catalog, scope, description))
      let best: Judged = { found: undefined, issues: [] }
      for (let round = 0; round <= REPAIRS; round++) {
        const answer = await ask(messages)
        const judged = await judge(scope, answer)
        if (isBetter(judged, best)) best = judged
        const problems = problemsOf(judged)
        if (problems.length === 0) break
        messages.push(...repairPrompt(answer, problems))
      }
      if (best.found === undefined) throw assistantFailed('Say in other words what should happen, and when.')
      const { name, explanation, definition } = best.found
      return { name, explanation, definition: { ...toJson(definition), name }, issues: [...best.issues] }
    },
  }
}

function isBetter(next: Judged, best: Judged): boolean {
  if (next.found === undefined) return false
  return best.found === undefined || next.issues.length < best.issues.length
}

/** What the model can mend; what only a person knows, such as an account, is left to that person. */
function problemsOf({ found, issues }: Judged): readonly string[] {
  if (found === undefined) return ['The answer was not the JSON object that was asked for.']
  return issues
    .filter(({ pointer }) => !pointer.endsWith('/connection'))
    .slice(0, TOLD_PROBLEMS)
    .map(({ pointer, message }) => `${pointer}: ${message}`)
}

/** What was parsed of JSON is JSON. */
function toJson(definition: Proposal['definition']): { [key: string]: JsonValue } {
  return definition as unknown as { [key: string]: JsonValue }
}
