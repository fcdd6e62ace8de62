export { createModel } from './chat.js'
export type { DraftedWorkflow } from './schema.js'
export { type AssistantService, createAssistantService } from './service.js'
