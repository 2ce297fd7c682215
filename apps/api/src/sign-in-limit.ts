/** How often signing in to one account may fail from one address. */
export const signInRate = { seconds: 10, times: 10 }

const mostRemembered = 10_000

interface Tries {
  count: number
  since: number
}

/** Counts failed tries to sign in, by account and address. */
export interface SignInLimit {
  /** Counts a try before it is made; answers false when there were too many. */
  take: (account: string, address: string) => boolean
  /** Takes a try back that did not fail. */
  giveBack: (account: string, address: string) => void
}

/** Opens a limit that remembers in this process. `now` is in milliseconds. */
export function createSignInLimit(now: () => number = () => performance.now()): SignInLimit {
  const known = new Map<string, Tries>()
  const keyOf = (account: string, address: string) => `${address} ${account.trim().toLowerCase()}`
  return {
    take(account, address) {
      const key = keyOf(account, address)
      const last = known.get(key)
      const tries =
        last && now() - last.since < signInRate.seconds * 1_000 ? last : { count: 0, since: now() }
      if (tries.count >= signInRate.times) return false
      if (known.size > mostRemembered) known.clear()
      tries.count += 1
      known.set(key, tries)
      return true
    },
    giveBack(account, address) {
      const tries = known.get(keyOf(account, address))
      if (tries && tries.count > 0) tries.count -= 1
    },
  }
}
