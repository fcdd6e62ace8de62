export { createCodeRunner, type ProcessCodeRunner } from './code-runner.js'
export type { CodeRunnerOptions } from './options.js'
