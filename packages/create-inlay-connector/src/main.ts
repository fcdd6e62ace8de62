#!/usr/bin/env node
import { relative } from 'node:path'
import { readOptions, UsageError } from './options.js'
import { type Scaffolded, scaffold } from './scaffold.js'

function nextSteps({ folder, isInWorkspace }: Scaffolded): string {
  const path = relative(process.cwd(), folder)
  const steps = isInWorkspace
    ? ['npx -y pnpm@12 install', 'npx -y pnpm@12 generate', `npx tsc -b ${path} && npx vitest run ${path}`]
    : [`cd ${path}`, 'npm install', 'npm test']
  return [`${path} holds a connector that works. Next:`, ...steps.map((step) => `  ${step}`), ''].join('\n')
}

try {
  process.stdout.write(nextSteps(scaffold(readOptions(process.argv.slice(2), process.cwd()))))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
