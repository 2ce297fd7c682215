import { prepareToRun, root } from './install.mjs'
import { helpText, readOptions } from './stack/options.mjs'

try {
  const options = readOptions(process.argv.slice(2), process.env, root)
  if (options.help) {
    console.log(helpText)
  } else {
    await prepareToRun()
    const { start } = await import('./stack/start.ts')
    await start(options)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
