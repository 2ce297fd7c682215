/** Connection exceptions, too few resources, an operator's doing, a failing disk (PostgreSQL manual, appendix A); or no way there. */
const lost = /^(08|53|57|58)|^E(CONN|PIPE|TIMEDOUT|NOTFOUND|HOSTUNREACH|AI_AGAIN)/

/** Whether an error says that Postgres is away, starting or out of room, anywhere in its chain of causes: it passes by itself. */
export function isLostDatabase(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && lost.test(code)) return true
    if (/connection terminated|timeout exceeded when trying to connect|not queryable/i.test(at.message))
      return true
  }
  return false
}
