import { hashOf, sha256Hex } from './canonical.ts'
import type { Step } from './enrollment.ts'

/** The hash before the first step of an enrollment. */
export const genesisHash = sha256Hex('tropa')

/**
 * The hash of a step in its enrollment's chain: SHA-256 over the previous hash, the step's structure and the *salted
 * hashes* of its values. Values never enter it, so an erased value leaves the chain checkable.
 */
export function stepHash(previous: string, step: Step, salt: string): string {
  const { reads, decision, input, ...structure } = step
  const veil = (value: unknown) => hashOf([salt, value])
  return hashOf({
    previous,
    structure,
    reads: reads.map(({ value, ...read }) => ({ ...read, value: veil(value) })),
    decision: veil(decision),
    input: veil(input),
  })
}

/** The hashes of a whole path, in order. */
export function chainHashes(steps: readonly Step[], salt: string): string[] {
  const hashes: string[] = []
  for (const step of steps) hashes.push(stepHash(hashes.at(-1) ?? genesisHash, step, salt))
  return hashes
}
