/** The look of pages the API serves itself: the web app's colours, light and dark, as plain CSS. */
export const pageStyle = `
:root{color-scheme:light dark;
--page:light-dark(oklch(0.967 0.004 265),oklch(0.155 0.012 265));
--surface:light-dark(oklch(1 0 0),oklch(0.215 0.014 265));
--ink:light-dark(oklch(0.22 0.02 265),oklch(0.95 0.006 265));
--ink-2:light-dark(oklch(0.47 0.02 265),oklch(0.74 0.014 265));
--line:light-dark(oklch(0.905 0.006 265),oklch(0.31 0.016 265));
--accent:light-dark(oklch(0.52 0.2 268),oklch(0.57 0.19 268));
--accent-text:light-dark(oklch(0.47 0.2 268),oklch(0.78 0.11 268));
--ring:light-dark(oklch(0.58 0.19 268),oklch(0.7 0.15 268));
--ok:light-dark(oklch(0.5 0.12 155),oklch(0.8 0.14 155));
--err:light-dark(oklch(0.52 0.2 25),oklch(0.75 0.15 25))}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 "Inter Variable",ui-sans-serif,system-ui,sans-serif;font-feature-settings:"cv11","ss03";-webkit-font-smoothing:antialiased}
a{color:var(--accent-text)}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
`

/** The text font of the web app; nothing waits for it but the look. */
export const fontLink = '<link rel="stylesheet" href="/fonts/inter/index.css">'

/** The product's mark. */
export const logo = (size: number) =>
  `<svg width="${size}" height="${size}" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#3959da"/><path d="M9 22.5c0-6 14-5 14-11" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><circle cx="9" cy="23" r="3" fill="#fff"/><circle cx="23" cy="10" r="3" fill="#fff"/></svg>`

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand anywhere in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}
