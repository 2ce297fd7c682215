import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../../../ui/page-header.tsx'

export const Route = createFileRoute('/_app/journeys/')({
  component: function Journeys() {
    const { t } = useTranslation('shell')
    return (
      <Page>
        <PageHeader title={t('journeys')} />
      </Page>
    )
  },
})
