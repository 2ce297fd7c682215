import { createFileRoute } from '@tanstack/react-router'
import { NotFound } from '../../shell/page-states.tsx'

export const Route = createFileRoute('/_app/$')({ component: NotFound })
