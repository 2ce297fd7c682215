/** The steps between a file and its import. */
export const wizardSteps = ['format', 'columns', 'mode', 'preview'] as const

export type WizardStep = (typeof wizardSteps)[number]
