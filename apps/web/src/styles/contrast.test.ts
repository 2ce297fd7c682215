import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

type Oklch = [lightness: number, chroma: number, hue: number]

/** Both sides of every `light-dark(oklch(…), oklch(…))` token. */
function tokens(): Map<string, { light: Oklch; dark: Oklch }> {
  const found = new Map<string, { light: Oklch; dark: Oklch }>()
  const numbers = (text: string) => text.trim().split(/\s+/).map(Number) as Oklch
  for (const match of css.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)) {
    const [, name = '', light = '', dark = ''] = match
    found.set(name, { light: numbers(light), dark: numbers(dark) })
  }
  return found
}

/** Linear sRGB of an OKLCH colour (Björn Ottosson, "A perceptual color space for image processing"). */
function linearRgb([lightness, chroma, hue]: Oklch): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** WCAG 2.2 contrast ratio of two colours. */
function contrast(one: Oklch, other: Oklch): number {
  const luminance = (colour: Oklch) => {
    const [red, green, blue] = linearRgb(colour).map((part) => Math.min(1, Math.max(0, part))) as [
      number,
      number,
      number,
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const all = tokens()
const grounds = ['page', 'surface', 'sunken']
const statuses = ['ok', 'warn', 'err', 'wait', 'info']
const white: Oklch = [1, 0, 0]

const pairs: [string, string, number][] = [
  ...['ink', 'ink-2', 'ink-3', 'accent-text', ...statuses].flatMap((text) =>
    grounds.map((ground): [string, string, number] => [text, ground, 4.5]),
  ),
  ...statuses.map((status): [string, string, number] => [status, `${status}-soft`, 4.5]),
  ['accent-text', 'accent-soft', 4.5],
  // The way taken on the canvas.
  ['accent', 'page', 3],
  ...['line-control', 'ring'].flatMap((line) =>
    grounds.map((ground): [string, string, number] => [line, ground, 3]),
  ),
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(pairs)('%s on %s reaches %f to 1', (text, ground, wanted) => {
    const [one, other] = [all.get(text)?.[theme], all.get(ground)?.[theme]]
    if (!one || !other) throw new Error(`tokens.css has no ${text} or ${ground}`)
    expect(contrast(one, other)).toBeGreaterThanOrEqual(wanted)
  })

  test('white on the accent can be read', () => {
    const accent = all.get('accent')?.[theme]
    if (!accent) throw new Error('tokens.css has no accent')
    expect(contrast(white, accent)).toBeGreaterThanOrEqual(4.5)
  })

  test.each([...all.keys()])('%s lies inside sRGB', (name) => {
    const colour = all.get(name)?.[theme]
    for (const part of linearRgb(colour ?? white)) {
      expect(part).toBeGreaterThan(-0.004)
      expect(part).toBeLessThan(1.004)
    }
  })
})
