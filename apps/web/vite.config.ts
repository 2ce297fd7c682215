import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = `http://127.0.0.1:${process.env.API_PORT ?? '8081'}`

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      quoteStyle: 'single',
      addExtensions: true,
    }),
    react(),
    tailwindcss(),
  ],
  server: {
    host: '127.0.0.1',
    port: Number(process.env.WEB_PORT ?? '8080'),
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/v1', '/auth', '/u/', '/docs', '/fonts', '/openapi.json', '/healthz', '/readyz'].map(
        (path) => [path, { target: api }],
      ),
    ),
  },
  build: { target: 'es2023', cssTarget: 'chrome123', chunkSizeWarningLimit: 1600 },
  worker: { format: 'es' },
})
