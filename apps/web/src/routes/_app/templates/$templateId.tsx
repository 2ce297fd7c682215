import { createFileRoute } from '@tanstack/react-router'
import { TemplateEditor } from '../../../templates/template-editor.tsx'

export const Route = createFileRoute('/_app/templates/$templateId')({
  staticData: { narrow: true },
  component: function Template() {
    const { templateId } = Route.useParams()
    return <TemplateEditor key={templateId} templateId={templateId} />
  },
})
