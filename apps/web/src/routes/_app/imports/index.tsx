import { createFileRoute } from '@tanstack/react-router'
import { ImportList } from '../../../imports/import-list.tsx'

export const Route = createFileRoute('/_app/imports/')({ component: ImportList })
