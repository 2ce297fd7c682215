import type { AriaLabelConfig } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What the canvas library says by itself, in the member's language; the cards say the rest. */
export function useFlowWords(): Partial<AriaLabelConfig> {
  const { t } = useTranslation('canvas')
  return useMemo(
    () => ({
      'node.a11yDescription.default': '',
      'node.a11yDescription.keyboardDisabled': '',
      'edge.a11yDescription.default': '',
      'controls.ariaLabel': t('controls'),
      'controls.zoomIn.ariaLabel': t('zoomIn'),
      'controls.zoomOut.ariaLabel': t('zoomOut'),
      'controls.fitView.ariaLabel': t('fit'),
      'minimap.ariaLabel': t('minimap'),
    }),
    [t],
  )
}
