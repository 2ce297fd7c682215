const containers = new Set(['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero'])
const tagPattern = /<(\/?)([a-z][\w-]*)(?:"[^"]*"|'[^']*'|[^'">])*?(\/?)>/gi

/**
 * MJML drops text that stands between its blocks. A Liquid tag there, such as a condition around a
 * section, is put into `mj-raw`, which MJML passes through; `isTag` tells Liquid tags from outputs.
 */
export function keepTagsBetweenBlocks(hidden: string, isTag: (text: string) => boolean): string {
  const open: string[] = []
  let out = ''
  let at = 0
  for (const found of hidden.matchAll(tagPattern)) {
    const [whole, closing, name = '', selfClosing] = found
    const between = hidden.slice(at, found.index)
    out += containers.has(open.at(-1) ?? '') && isTag(between.trim()) ? wrap(between) : between
    out += whole
    at = found.index + whole.length
    const element = name.toLowerCase()
    if (closing) open.splice(Math.max(0, open.lastIndexOf(element)))
    else if (!selfClosing && element.startsWith('mj')) open.push(element)
  }
  return out + hidden.slice(at)
}

function wrap(text: string): string {
  const inner = text.trim()
  return text.replace(inner, () => `<mj-raw>${inner}</mj-raw>`)
}
