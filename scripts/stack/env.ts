import { variableProblem, variables } from '../../apps/worker/src/variables.ts'

/** An environment without the settings of a real installation: tests and benchmarks create and destroy data. */
export function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !Object.hasOwn(variables, name)))
}

/** One sentence per variable that cannot be used as it is; an empty list when all is well. Values are not repeated. */
export function envProblems(env: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  for (const name of Object.keys(variables)) {
    const wrong = variableProblem(name, env)
    if (wrong) problems.push(`${name} ${wrong}.`)
  }
  const ports = ['API_PORT', 'WEB_PORT', 'MAILBOX_SMTP_PORT', 'WORKER_PORT'].filter((name) => env[name])
  for (const [i, name] of ports.entries())
    for (const other of ports.slice(i + 1))
      if (env[name] === env[other])
        problems.push(`${name} and ${other} are the same port; give each its own.`)
  return problems
}
