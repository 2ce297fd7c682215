import { createFileRoute } from '@tanstack/react-router'
import { TemplateList } from '../../../templates/template-list.tsx'

export const Route = createFileRoute('/_app/templates/')({ component: TemplateList })
