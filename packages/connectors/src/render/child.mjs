// A child starts without the loader of its parent: this entry brings TypeScript along.
import { register } from 'tsx/esm/api'

register()
await import('./child.ts')
