/** A compressed clock: from `realStart` on, virtual time runs `scale` times as fast. Instants are epoch milliseconds. */
export interface CompressedClock {
  realStart: number
  virtualStart: number
  scale: number
}

/** The virtual instant that a clock shows at a real one. */
export function virtualAt(clock: CompressedClock, real: number): number {
  return Math.floor(clock.virtualStart + (real - clock.realStart) * clock.scale)
}

/** The real instant at which a clock shows a virtual one; never early. */
export function realAt(clock: CompressedClock, virtual: number): number {
  return Math.ceil(clock.realStart + (virtual - clock.virtualStart) / clock.scale)
}
