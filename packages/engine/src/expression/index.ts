export { EXPRESSION_LIBRARY, type Library, type LibraryFunction } from './library/index.js'
export { EXPRESSION_LIMITS, type ExpressionLimits } from './limits.js'
export { compileExpression, compileTemplate, type TemplateResult } from './template.js'
export type { CompiledTemplate, ExpressionScope, Reference, TemplateIssue } from './types.js'
