export {
  EXPRESSION_LIBRARY,
  HELPERS,
  type Helper,
  type HelperFamily,
  type Library,
  type LibraryFunction,
} from './library/index.js'
export { EXPRESSION_LIMITS, type ExpressionLimits } from './limits.js'
export { pathOf } from './path-of.js'
export { compileExpression, compileTemplate, type TemplateOptions, type TemplateResult } from './template.js'
export type { CompiledTemplate, ExpressionScope, Reference, ReferenceUse, TemplateIssue } from './types.js'
