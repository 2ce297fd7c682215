import { endProcess, type ProcessIdentity } from '../machine/process-identity.ts'

/** Ends, users of the servers first, what a killed start left running, and says so. */
export async function endLeftovers(
  leftovers: readonly (ProcessIdentity & { name: string })[],
  say: (line: string) => void,
): Promise<void> {
  if (leftovers.length === 0) return
  say(`Ending what an earlier start left running: ${leftovers.map((child) => child.name).join(', ')}.`)
  const servers = leftovers.filter(({ name }) => name === 'postgres' || name === 'temporal')
  const users = leftovers.filter((child) => !servers.includes(child))
  await Promise.all(users.map((child) => endProcess(child, 'SIGTERM', 10_000)))
  await Promise.all(servers.map((child) => endProcess(child, 'SIGINT', 20_000)))
}
