// Preloaded into the processes of Tropa: when the supervisor is gone (killed), end instead of living on alone.
if (process.channel) {
  process.channel.unref()
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref()
  })
}
