/** A Liquid token in a source and where it stands. */
export interface LiquidToken {
  text: string
  line: number
}

const tokenPattern = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g
const entities: Record<string, string> = {
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
  lt: '<',
  gt: '>',
  amp: '&',
}

/** Undoes what visual editors do inside Liquid: `{{ x | default: &quot;friend&quot; }}`. */
export function unescapeTokens(source: string): string {
  return source.replace(tokenPattern, (token) =>
    token.replace(/&(quot|apos|#39|#34|lt|gt|amp);/g, (whole, name: string) => entities[name] ?? whole),
  )
}

/**
 * Replaces every Liquid token by a word that no markup parser touches; `restore` puts them back, so that
 * quotes and angle brackets inside tokens survive the layout. Each word is unique to its token.
 */
export function hideTokens(source: string): {
  hidden: string
  tokens: LiquidToken[]
  restore(text: string): string
  wordOf(at: number): string
} {
  const tokens: LiquidToken[] = []
  let mark = 'tropaliquid'
  while (source.toLowerCase().includes(mark)) mark += 'q'
  const wordOf = (at: number) => `${mark}${at}z`
  let line = 1
  let counted = 0
  const hidden = source.replace(tokenPattern, (text, offset: number) => {
    for (; counted < offset; counted++) if (source[counted] === '\n') line += 1
    tokens.push({ text, line })
    return wordOf(tokens.length - 1)
  })
  const restore = (text: string) =>
    text.replace(new RegExp(`${mark}(\\d+)z`, 'gi'), (whole, at: string) => tokens[Number(at)]?.text ?? whole)
  return { hidden, tokens, restore, wordOf }
}

/** Drops comments (not Outlook's conditional ones) and keeps their line breaks, so that lines still count. */
export function dropComments(source: string): string {
  return source.replace(/<!--(?!\s*\[if|<!\[endif)[\s\S]*?-->/gi, (comment) => comment.replace(/[^\n]/g, ''))
}
