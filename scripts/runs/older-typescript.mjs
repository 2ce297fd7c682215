// Preloaded into dependency-cruiser: it reads imports with the compiler's JavaScript interface, which
// TypeScript 7 does not have, so "typescript" means the older one installed for the scripts only.
import Module, { createRequire, register } from 'node:module'

const own = createRequire(import.meta.url)
const places = new Map(['typescript', 'typescript/package.json'].map((name) => [name, own.resolve(name)]))

// The loader's resolver is not a public function, hence no type for it.
const loader = /** @type {{ _resolveFilename: (name: string, ...rest: unknown[]) => string }} */ (
  /** @type {unknown} */ (Module)
)
const resolve = loader._resolveFilename
loader._resolveFilename = function (name, ...rest) {
  return places.get(name) ?? resolve.call(this, name, ...rest)
}

const hook = `
const place = ${JSON.stringify(import.meta.url)}
export const resolve = (name, context, next) =>
  next(name, name === 'typescript' ? { ...context, parentURL: place } : context)
`
register(`data:text/javascript,${encodeURIComponent(hook)}`, import.meta.url)
