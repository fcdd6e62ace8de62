import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface RunningServer {
  readonly url: string
  stop(): void
}

/** Starts one of the benchmark's servers in a process of its own and resolves when it listens. */
export function startServer(
  name: 'stub' | 'express-accept' | 'express-commit',
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      // The only message these servers send is announce()'s.
      const { url } = message as { url: string }
      resolve({ url, stop: () => void child.kill('SIGKILL') })
    })
    child.once('exit', (code) => reject(new Error(`The ${name} server ended with code ${code} before it listened.`)))
  })
}
