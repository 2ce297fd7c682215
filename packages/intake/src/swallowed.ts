import type { Format } from './format.ts'
import type { Row } from './rows.ts'

/** Lines of a file, the first and the last. */
interface Lines {
  from: number
  to: number
}

const lineBreak = /\r\n?|\n/

/**
 * The lines that one quoted cell of a row holds, when one of them looks like a row by itself: two stray quotation marks,
 * lines apart, make a cell of all that stands between. A cell may hold such text rightly, so this only gives a hint.
 */
export function swallowedLines({ cells, line }: Row, { separator }: Pick<Format, 'separator'>): Lines | null {
  if (separator === 'whitespace' || cells.length < 2) return null
  const mark = separator === 'tab' ? '\t' : separator
  let breaks = 0
  let isSuspicious = false
  for (const cell of cells) {
    const inside = cell.split(lineBreak)
    breaks += inside.length - 1
    if (inside.length > 1 && inside.some((text) => text.split(mark).length >= cells.length))
      isSuspicious = true
  }
  return isSuspicious ? { from: line - breaks, to: line } : null
}
