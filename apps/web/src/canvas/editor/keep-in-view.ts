/** A rectangle on the screen. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** How close to the rim of the window a card comes to stand after it had to be brought in. */
const margin = 24

/** How far a span must move to lie inside another; nothing while it does, and its start counts where it does not fit. */
function shift(start: number, end: number, from: number, to: number): number {
  if (start >= from && end <= to) return 0
  if (start < from) return from + margin - start
  return Math.max(to - margin - end, Math.min(0, from + margin - start))
}

/** How far a card must move to be seen whole in a window; nowhere at all if it is seen already. */
export function shiftToSee(card: Box, window: Box): { x: number; y: number } {
  return {
    x: shift(card.left, card.right, window.left, window.right),
    y: shift(card.top, card.bottom, window.top, window.bottom),
  }
}

/** Whether a window shows something to begin with: two cards whole, or all of fewer; `least` asks for another number. */
export function showsEnough(cards: readonly Box[], window: Box, least = 2): boolean {
  const whole = cards.filter((card) => {
    const { x, y } = shiftToSee(card, window)
    return x === 0 && y === 0
  })
  return whole.length >= Math.min(least, cards.length)
}
