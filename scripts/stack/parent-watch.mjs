// Preloaded into the processes of Tropa: when the supervisor is gone (killed), end instead of living on alone.
if (process.channel) {
  process.channel.unref()
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref()
  })
}

// What this process forks would be started with the same preload, and may live by its channel alone.
const own = process.execArgv.findIndex((argument) => argument.endsWith('parent-watch.mjs'))
if (own > 0) process.execArgv.splice(own - 1, 2)
