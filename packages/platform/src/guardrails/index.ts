export { onlyTemplates, tooManyWorkflows } from './errors.js'
export { guardrailIssues, isOffered } from './issues.js'
export {
  type GuardrailChanges,
  type Guardrails,
  guardrailsSchema,
  NO_GUARDRAILS,
} from './schema.js'
export { type CustomerGuardrails, createGuardrailsService, type GuardrailsService } from './service.js'
