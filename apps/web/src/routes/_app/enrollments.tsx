import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../../ui/page-header.tsx'

export const Route = createFileRoute('/_app/enrollments')({
  component: function Section() {
    const { t } = useTranslation('shell')
    return (
      <Page>
        <PageHeader title={t('enrollments')} />
      </Page>
    )
  },
})
